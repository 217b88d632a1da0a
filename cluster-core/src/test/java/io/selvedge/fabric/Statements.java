// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Header;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Statements as if verified, for tests of what is believed: nodes by number (0 is the connector),
 * under a root, two authorities and two site authorities.
 */
final class Statements {
    static final RecordKey ROOT = key(1_000_000);
    static final RecordKey FIRST = key(1_000_001);
    static final RecordKey SECOND = key(1_000_002);
    static final RecordKey PLANT = key(1_000_003);
    static final RecordKey OTHER_PLANT = key(1_000_004);
    static final Scope FABRIC = new Scope.Fabric();

    private Statements() {}

    static RecordKey key(int number) {
        return new RecordKey(Bytes.ofHex("%064x".formatted(number)));
    }

    static IkeKey ikeKey(int number) {
        return new IkeKey(Bytes.ofHex("%0182x".formatted(number)));
    }

    static Subject node(int number) {
        return new Subject("beijing", "uid-" + number);
    }

    static Scope scope(int node) {
        return new Scope.OfNode(node(node));
    }

    static IpAddress address(int number) {
        return Cidr.parse("100.71.0.0/16").address(number);
    }

    static Cidr pods(int number) {
        return Cidr.parse("10.244.%d.0/24".formatted(number));
    }

    static Payload.TrustBundle trust(RecordKey... keys) {
        return new Payload.TrustBundle(
                Stream.of(keys).map(key -> new Authority(key, limits(key))).toList());
    }

    /** The plant grants nodes 1 to 15, the other plant nodes 16 to 31. */
    private static Limits limits(RecordKey key) {
        if (key.equals(PLANT)) {
            return plant("plant", "10.244.0.0/20", "100.71.0.0/28");
        }
        return key.equals(OTHER_PLANT)
                ? plant("other", "10.244.16.0/20", "100.71.0.16/28")
                : new Limits.Everything();
    }

    private static Limits plant(String site, String pods, String fabric) {
        return new Limits.OfSites(
                new TreeSet<>(List.of(site)),
                new TreeSet<>(List.of(Cidr.parse(pods))),
                Cidr.parse(fabric));
    }

    static NodeGrant grant(int node) {
        return grant(node, node, node, node);
    }

    /** An edge of the plant its number says; node 0 is a connector. */
    static NodeGrant grant(int node, int address, int pods, int keys) {
        return new NodeGrant(
                "node" + node,
                new TreeSet<>(node == 0 ? Set.of(Role.CLOUD, Role.CONNECTOR) : Set.of(Role.EDGE)),
                node == 0 ? "cloud" : node < 16 ? "plant" : "other",
                "",
                "",
                address(address),
                new TreeSet<>(List.of(pods(pods))),
                List.of(),
                new TreeSet<>(List.of("line")),
                new TreeSet<>(),
                key(keys),
                ikeKey(keys));
    }

    static Payload.FabricSettings settings(String cluster) {
        return new Payload.FabricSettings(
                cluster,
                new TreeSet<>(List.of(Cidr.parse("10.244.0.0/16"))),
                new TreeSet<>(List.of(Cidr.parse("10.96.0.0/16"))),
                Cidr.parse("100.71.0.0/16"),
                new TreeMap<>(Map.of(node(0), List.of(IpAddress.parse("10.99.1.2")))),
                1400);
    }

    static Payload.Community line(Integer... members) {
        var subjects = Stream.of(members).map(Statements::node).toList();
        return new Payload.Community("line", new TreeSet<>(subjects));
    }

    static Statement said(RecordKey writer, Subject subject, Scope scope, Payload payload) {
        return said(writer, subject, scope, 1, 0, payload);
    }

    static Statement said(
            RecordKey writer,
            Subject subject,
            Scope scope,
            long sequence,
            long publication,
            Payload payload) {
        var version = new Version(1, sequence);
        return new Statement(
                new Header(payload.type(), subject, writer, scope, version, publication), payload);
    }

    static Statement granted(RecordKey writer, int node, NodeGrant grant) {
        return said(writer, node(node), scope(node), grant);
    }

    static Statement granted(RecordKey writer, int node) {
        return granted(writer, node, grant(node));
    }

    static Statement trusted(RecordKey... keys) {
        return said(ROOT, new Subject("beijing", "trust"), FABRIC, trust(keys));
    }

    static Statement revoked(RecordKey by, RecordKey key) {
        var subject = new Subject("beijing", "key:" + key.hex());
        return said(by, subject, FABRIC, new Payload.Revocation(key, "test"));
    }

    static View view(Statement... statements) {
        return View.of(List.of(statements), ROOT);
    }
}
