// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.bench;

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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The records of a fabric of many edges in Communities of equal size. Node 0 is the connector; ten
 * neighbours by number are a site, and a Community spans ten sites.
 */
final class LargeFabric {
    static final RecordKey AUTHORITY = key(0x00ff_ffff);

    private final int edges;
    private final int community;

    LargeFabric(int edges, int community) {
        this.edges = edges;
        this.community = community;
    }

    static Subject subject(int number) {
        return new Subject("plant", "uid-%05d".formatted(number));
    }

    /** What a connector holds: everything. */
    View all() {
        return View.of(statements(), AUTHORITY);
    }

    /** What an edge holds: the connector, and the members of its own Community, the first. */
    View ofEdge() {
        return View.of(statementsOfEdge(), AUTHORITY);
    }

    /** The scope of a node after its endpoint moved. */
    Map<Scope, List<Statement>> moved(int number, long sequence) {
        return Map.of(new Scope.OfNode(subject(number)), node(number, 1, sequence));
    }

    /** The scope of a node after the authority granted it anew. */
    Map<Scope, List<Statement>> granted(int number, long sequence) {
        return Map.of(new Scope.OfNode(subject(number)), node(number, sequence, 1));
    }

    List<Statement> statements() {
        return statements(edges);
    }

    List<Statement> statementsOfEdge() {
        return statements(community);
    }

    private List<Statement> statements(int last) {
        var statements = new ArrayList<Statement>();
        statements.add(settings());
        for (int number = 0; number <= last; number++) {
            statements.addAll(node(number, 1, 1));
        }
        for (int group = 0; group * community < last; group++) {
            var members = new TreeSet<Subject>();
            for (int i = 1; i <= community; i++) {
                members.add(subject(group * community + i));
            }
            var name = "line-" + group;
            statements.add(
                    say(
                            new Subject("plant", "community:" + name),
                            AUTHORITY,
                            new Scope.OfCommunity(name),
                            new Payload.Community(name, members),
                            1));
        }
        return statements;
    }

    private static Statement settings() {
        return say(
                new Subject("plant", "fabric"),
                AUTHORITY,
                new Scope.Fabric(),
                new Payload.FabricSettings(
                        "plant",
                        new TreeSet<>(List.of(Cidr.parse("10.0.0.0/8"))),
                        new TreeSet<>(List.of(Cidr.parse("172.16.0.0/16"))),
                        Cidr.parse("100.64.0.0/10"),
                        new TreeMap<>(Map.of(subject(0), List.of(address(0xc0a80000)))),
                        1400),
                1);
    }

    private List<Statement> node(int number, long granted, long moved) {
        var node = subject(number);
        var scope = new Scope.OfNode(node);
        var role = number == 0 ? List.of(Role.CLOUD, Role.CONNECTOR) : List.of(Role.EDGE);
        var grant =
                new Payload.NodeGrant(
                        "node" + number,
                        new TreeSet<>(role),
                        number == 0 ? "cloud" : "site-" + (number - 1) / 10,
                        "",
                        "",
                        address(0x64400000 + number),
                        new TreeSet<>(List.of(new Cidr(address(0x0a000000 + (number << 8)), 24))),
                        number % 2 == 0 ? List.of(address(0xc0a80000 + number)) : List.of(),
                        number == 0
                                ? new TreeSet<>()
                                : new TreeSet<>(List.of("line-" + (number - 1) / community)),
                        new TreeSet<>(),
                        key(number),
                        ikeKey(number));
        return List.of(say(node, AUTHORITY, scope, grant, granted), endpoint(number, moved));
    }

    /** Where a node says it is; elsewhere in each version. */
    Statement endpoint(int number, long version) {
        var addresses = List.of(address(0xc0a80000 + number), address(0x0b000000 + (int) version));
        return say(
                subject(number),
                key(number),
                new Scope.OfNode(subject(number)),
                new Payload.Endpoint(addresses, 500, "userspace", 1),
                version);
    }

    private static Statement say(
            Subject subject, RecordKey writer, Scope scope, Payload payload, long sequence) {
        return new Statement(
                new Header(payload.type(), subject, writer, scope, new Version(1, sequence)),
                payload);
    }

    private static RecordKey key(int number) {
        return new RecordKey(Bytes.of(ByteBuffer.allocate(32).putInt(number).array()));
    }

    private static IkeKey ikeKey(int number) {
        return new IkeKey(Bytes.of(ByteBuffer.allocate(91).putInt(number).array()));
    }

    private static IpAddress address(int bits) {
        return IpAddress.of(ByteBuffer.allocate(4).putInt(bits).array());
    }
}
