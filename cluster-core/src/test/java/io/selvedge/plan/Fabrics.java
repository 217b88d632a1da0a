// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Header;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fabrics for tests, record by record: node 0 is the connector, the others are edges. Statements
 * are as if verified.
 */
public final class Fabrics {
    public static final RecordKey AUTHORITY = key(255);
    public static final NodeDefaults DEFAULTS =
            new NodeDefaults("ipsec0", "ipsec1", "selvedge0", "cni0", 7946, 7948, 2551, 0);

    private final List<Statement> statements = new ArrayList<>();
    private final Map<String, SortedSet<Integer>> communities = new TreeMap<>();
    private final Map<Integer, SortedSet<Integer>> backbone = new TreeMap<>();
    private long sequence;

    /** How an edge is attached to the underlay. */
    public enum Attachment {
        NATED,
        PUBLIC,
        ANNOTATED
    }

    /** One node to be: its site and attachment. */
    public record NodeShape(int number, String site, Attachment attachment) {}

    public static Subject subject(int number) {
        return new Subject("beijing", "uid-%03d".formatted(number));
    }

    public static RecordKey key(int number) {
        var bytes = new byte[32];
        bytes[31] = (byte) number;
        bytes[30] = (byte) (number >> 8);
        return new RecordKey(Bytes.of(bytes));
    }

    public static IkeKey ikeKey(int number) {
        var bytes = new byte[91];
        bytes[90] = (byte) number;
        return new IkeKey(Bytes.of(bytes));
    }

    public static IpAddress fabricAddress(int number) {
        return Cidr.parse("100.71.0.0/16").address(10 + number);
    }

    public static IpAddress underlay(int number) {
        return IpAddress.parse("10.99.%d.2".formatted(number));
    }

    public static Cidr pods(int number) {
        return Cidr.parse("10.244.%d.0/24".formatted(number));
    }

    /** The records of a fabric with these edges and Communities (of node numbers). */
    public static List<Statement> of(
            Collection<NodeShape> edges, Map<String, ? extends Collection<Integer>> communities) {
        return of(edges, communities, Map.of());
    }

    /** The same with a backbone: whom each node's grant names, by numbers. */
    public static List<Statement> of(
            Collection<NodeShape> edges,
            Map<String, ? extends Collection<Integer>> communities,
            Map<Integer, ? extends Collection<Integer>> backbone) {
        var fabric = new Fabrics();
        backbone.forEach((node, peers) -> fabric.backbone.put(node, new TreeSet<>(peers)));
        communities.forEach((name, who) -> fabric.communities.put(name, new TreeSet<>(who)));
        fabric.settings();
        fabric.node(new NodeShape(0, "cloud", Attachment.ANNOTATED), true);
        edges.forEach(edge -> fabric.node(edge, false));
        fabric.communities.forEach(fabric::community);
        return fabric.statements;
    }

    public static View view(Collection<Statement> statements) {
        return View.of(statements, AUTHORITY);
    }

    public static Plan plan(int node, View view) {
        return Planner.plan(subject(node), view, DEFAULTS);
    }

    private void settings() {
        say(
                new Subject("beijing", "fabric"),
                AUTHORITY,
                new Scope.Fabric(),
                new Payload.FabricSettings(
                        "beijing",
                        new TreeSet<>(List.of(Cidr.parse("10.244.0.0/16"))),
                        new TreeSet<>(List.of(Cidr.parse("10.96.0.0/16"))),
                        Cidr.parse("100.71.0.0/16"),
                        new TreeMap<>(Map.of(subject(0), List.of(underlay(0)))),
                        1400));
    }

    private void node(NodeShape shape, boolean connector) {
        int number = shape.number();
        var member = new TreeSet<String>();
        communities.forEach((name, who) -> {
            if (who.contains(number)) {
                member.add(name);
            }
        });
        var peers = new TreeSet<Subject>();
        backbone.getOrDefault(number, new TreeSet<>()).forEach(peer -> peers.add(subject(peer)));
        boolean annotated = shape.attachment() == Attachment.ANNOTATED;
        say(
                subject(number),
                AUTHORITY,
                new Scope.OfNode(subject(number)),
                new Payload.NodeGrant(
                        "node" + number,
                        new TreeSet<>(
                                connector
                                        ? List.of(Role.CLOUD, Role.CONNECTOR)
                                        : List.of(Role.EDGE)),
                        shape.site(),
                        "",
                        "",
                        fabricAddress(number),
                        new TreeSet<>(List.of(pods(number))),
                        annotated ? List.of(underlay(number)) : List.of(),
                        member,
                        peers,
                        key(number),
                        ikeKey(number)));
        say(
                subject(number),
                key(number),
                new Scope.OfNode(subject(number)),
                new Payload.Endpoint(List.of(underlay(number)), 500, "userspace", 1));
        if (!connector) {
            say(
                    subject(number),
                    key(0),
                    new Scope.OfNode(subject(number)),
                    new Payload.Observation(
                            underlay(number), 4500, shape.attachment() == Attachment.NATED));
        }
    }

    private void community(String name, SortedSet<Integer> members) {
        var subjects = new TreeSet<Subject>();
        members.forEach(number -> subjects.add(subject(number)));
        say(
                new Subject("beijing", "community:" + name),
                AUTHORITY,
                new Scope.OfCommunity(name),
                new Payload.Community(name, subjects));
    }

    public static Statement revocation(int number) {
        return statement(
                subject(number),
                AUTHORITY,
                new Scope.Fabric(),
                new Payload.Revocation(key(number), "test"),
                9_999);
    }

    private void say(Subject subject, RecordKey writer, Scope scope, Payload payload) {
        statements.add(statement(subject, writer, scope, payload, ++sequence));
    }

    private static Statement statement(
            Subject subject, RecordKey writer, Scope scope, Payload payload, long sequence) {
        return new Statement(
                new Header(payload.type(), subject, writer, scope, new Version(1, sequence)),
                payload);
    }
}
