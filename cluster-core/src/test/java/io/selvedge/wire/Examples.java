// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import io.selvedge.model.Bytes;
import io.selvedge.model.Cause;
import io.selvedge.model.Cidr;
import io.selvedge.model.Hlc;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.ServiceSpec;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Report;
import io.selvedge.model.Reported;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the golden files say, by the names of the files. Never change one: add another. */
final class Examples {
    static final Subject EDGE1 = new Subject("beijing", "5f0c8d2e-edge1");
    private static final Subject CLOUD1 = new Subject("beijing", "11aa22bb-cloud1");

    private Examples() {}

    static List<Payload> payloads() {
        return List.of(
                settings(),
                grant(),
                community(),
                endpoint(),
                observation(),
                revocation(),
                trustBundle(),
                roster(),
                service());
    }

    private static Payload trustBundle() {
        return new Payload.TrustBundle(
                List.of(
                        new Authority(RecordKey.ofHex("33".repeat(32)), new Limits.Everything()),
                        new Authority(
                                RecordKey.ofHex("44".repeat(32)),
                                new Limits.OfSites(
                                        new TreeSet<>(List.of("plant-a")),
                                        cidrs("10.244.16.0/20"),
                                        Cidr.parse("100.71.16.0/20")))));
    }

    private static Payload service() {
        return new ServiceSpec(
                "shop",
                "till",
                List.of(address("10.96.7.7")),
                new TreeSet<>(List.of(new ServiceSpec.Port("http", "TCP", 80, 8080, 30080))),
                600,
                ServiceSpec.Distribution.NEAREST,
                new TreeSet<>(List.of(new ServiceSpec.Pod(EDGE1, "till-0"))));
    }

    private static Payload roster() {
        var live = Stream.of("0a", "0b").map(hex -> Bytes.ofHex(hex.repeat(16))).toList();
        return new Payload.Roster(3, 1, 2, new TreeSet<>(live));
    }

    static Stream<GossipMessage> messages() {
        var scope = new Scope.OfNode(EDGE1);
        var hash = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
        var eight = Bytes.ofHex("f0f1f2f3f4f5f6f7");
        var held = new GossipMessage.Held(hash, new Version(1, 7), hash);
        return Stream.of(
                new GossipMessage.Summary(eight, Bytes.EMPTY, hash),
                new GossipMessage.Agreed(hash),
                new GossipMessage.Interests(false, eight, null, eight, eight),
                new GossipMessage.Buckets(scope, 3, 2, Bytes.ofLongs(0, -1)),
                new GossipMessage.Digests(
                        eight, null, List.of(new GossipMessage.ScopeDigest(scope, hash))),
                new GossipMessage.Listing(scope, null, hash, List.of(held)),
                new GossipMessage.Push(List.of(Bytes.ofHex("0a00"), Bytes.EMPTY)),
                new GossipMessage.Pull(scope, List.of(hash)));
    }

    static Stream<Report> reports() {
        var cause = new Cause("community line-1", List.of("NodeGrant beijing/5f0c8d2e-edge1@1.42"));
        return Stream.of(
                new Report.Started(cause),
                new Report.PlanChanged(3, 1, cause),
                new Report.Tunnel(CLOUD1, Report.Stage.RELAYED, Report.Way.RELAY, cause),
                new Report.RecordRefused("100.71.0.12", 7, cause),
                new Report.DriftHealed("nft", 2, cause),
                new Report.Gap(Report.Gap.Why.NO_ROOM, 12, new Hlc(1_772_366_400_000L, 1)));
    }

    static Stream<ReportMessage> reportMessages() {
        var key = RecordKey.ofHex("11".repeat(32));
        var now = new Hlc(1_772_366_400_000L, 3);
        return Stream.of(
                new ReportMessage.Hello(-2, 4),
                new ReportMessage.Batch(
                        5, 2, 7, reports().map(report -> reported(report)).toList()),
                new ReportMessage.Welcome(key, -2, 5, 9, true, now),
                new ReportMessage.Ack(key, 5, 12, now));
    }

    static Reported reported(Report report) {
        return new Reported(
                Instant.ofEpochMilli(1_772_366_400_001L), new Hlc(1_772_366_400_002L, 3), report);
    }

    private static Payload settings() {
        var connectors = new TreeMap<Subject, List<IpAddress>>();
        connectors.put(CLOUD1, List.of(address("10.99.1.2"), address("fd00:99::2")));
        return new Payload.FabricSettings(
                "beijing",
                cidrs("10.244.0.0/16", "fd00:244::/48"),
                cidrs("10.96.0.0/16"),
                Cidr.parse("100.71.0.0/16"),
                connectors,
                1400);
    }

    private static Payload grant() {
        return grant(List.of());
    }

    static Payload grant(Collection<Subject> backbone) {
        return grant(backbone, Bytes.EMPTY);
    }

    static Payload proven() {
        return grant(List.of(), Bytes.ofHex("33".repeat(136)));
    }

    private static Payload grant(Collection<Subject> backbone, Bytes possession) {
        return new Payload.NodeGrant(
                "edge1",
                new TreeSet<>(List.of(Role.EDGE)),
                "plant-a",
                "cn-north-1a",
                "cn-north-1",
                address("100.71.0.11"),
                cidrs("10.244.1.0/24"),
                List.of(address("10.99.2.2")),
                new TreeSet<>(List.of("all-edge-nodes")),
                new TreeSet<>(backbone),
                RecordKey.ofHex("11".repeat(32)),
                IkeKey.ofHex("22".repeat(91)),
                possession);
    }

    private static Payload community() {
        return new Payload.Community("all-edge-nodes", new TreeSet<>(List.of(EDGE1, CLOUD1)));
    }

    private static Payload endpoint() {
        return new Payload.Endpoint(
                List.of(address("10.99.2.2"), address("fd00:99:2::2")), 500, "userspace", 3);
    }

    private static Payload observation() {
        return new Payload.Observation(address("10.99.3.2"), 1027, true);
    }

    private static Payload revocation() {
        return new Payload.Revocation(RecordKey.ofHex("11".repeat(32)), "lost");
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text);
    }

    private static SortedSet<Cidr> cidrs(String... texts) {
        return new TreeSet<>(Stream.of(texts).map(Cidr::parse).toList());
    }
}
