// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.community.CommunityEvent;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.intent.CheapSigner;
import io.selvedge.actors.node.Allocation;
import io.selvedge.actors.node.Claim;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.actors.node.NodeSpec;
import io.selvedge.actors.node.ReportId;
import io.selvedge.actors.service.ServiceEvent;
import io.selvedge.actors.tunnel.Account;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cause;
import io.selvedge.model.Cidr;
import io.selvedge.model.Hlc;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.Intent.PodPool;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.ServiceSpec;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Reported;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the golden events say. Never change one: add another. */
public final class Examples {
    private static final Subject EDGE1 = Subject.parse("beijing/uid-1");
    private static final Subject EDGE2 = Subject.parse("beijing/uid-2");
    private static final Mandate MANDATE = new Mandate(1, 7);
    private static final NodeKeys KEYS =
            new NodeKeys(Wishes.keys(1, 0).recordKey(), Wishes.keys(1, 0).ikeKey());
    private static final Claim CLAIM = new Claim("edge1", 6, true, cidrs(), KEYS);

    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.125Z");
    private static final Hlc HLC = new Hlc(AT.toEpochMilli(), 3);
    private static final Instant RECEIVED = Instant.parse("2026-11-22T10:15:31Z");
    private static final Cause CAUSE =
            new Cause("relay at once", List.of("Community beijing/community:line@1.3"));

    private Examples() {}

    public static Stream<Object> events() {
        return Stream.of(cluster(), node(), named(), tunnel()).flatMap(List::stream);
    }

    private static List<Object> cluster() {
        var connectors = new TreeMap<String, List<IpAddress>>();
        connectors.put("cloud1", List.of(IpAddress.parse("10.99.1.2")));
        var fabric =
                new FabricIntent(
                        "beijing",
                        Wishes.cidrs("10.244.0.0/16"),
                        Wishes.cidrs("10.96.0.0/16"),
                        connectors,
                        new TreeSet<>(List.of(new PodPool(Cidr.parse("fd00:244::/48"), 64))));
        var settings =
                new Payload.FabricSettings(
                        "beijing",
                        fabric.clusterCidrs(),
                        fabric.serviceCidrs(),
                        Cidr.parse("100.71.0.0/16"),
                        new TreeMap<>(),
                        1400);
        var record = record(Subject.parse("beijing/fabric"), new Scope.Fabric(), settings);
        return List.of(
                new ClusterEvent.Created("beijing", 1, Cidr.parse("100.71.0.0/16")),
                new ClusterEvent.Intended(7, "5facdd40", fabric),
                new ClusterEvent.NodeAdmitted("edge1", "uid-1", 6),
                new ClusterEvent.NodeDismissed("edge1"),
                new ClusterEvent.Named(new EntityId(EntityKind.COMMUNITY, "line")),
                new ClusterEvent.AddressGiven("uid-1", IpAddress.parse("100.71.0.11")),
                new ClusterEvent.PodsGiven("uid-1", Cidr.parse("fd00:244::/64")),
                new ClusterEvent.PodsClaimed("uid-1", MANDATE, cidrs()),
                new ClusterEvent.KeysClaimed("uid-1", KEYS),
                new ClusterEvent.KeySpent(KEYS.recordKey()),
                new ClusterEvent.EpochBegun(2),
                new ClusterEvent.Recovered(record),
                new ClusterEvent.Published(record));
    }

    private static List<Object> node() {
        var spec =
                new NodeSpec(
                        new NodeIntent(
                                "edge1",
                                "",
                                new TreeSet<>(List.of(Role.EDGE)),
                                "plant-a",
                                "cn-north-1a",
                                "cn-north-1",
                                cidrs(),
                                List.of(IpAddress.parse("10.99.2.2"))),
                        6,
                        KEYS,
                        new TreeSet<>(List.of("line")),
                        new TreeSet<>(List.of(EDGE2)));
        var record =
                record(
                        EDGE1,
                        new Scope.OfNode(EDGE1),
                        new Payload.Revocation(KEYS.recordKey(), "node edge1 is no longer wanted"));
        var relayed = new Report.Tunnel(EDGE2, Stage.RELAYED, Way.RELAY, CAUSE);
        return List.of(
                new NodeEvent.Declared(MANDATE, spec),
                new NodeEvent.Removed(MANDATE),
                new NodeEvent.Granted(
                        CLAIM, new Allocation(IpAddress.parse("100.71.0.11"), cidrs())),
                new NodeEvent.Refused(CLAIM, "node edge1 gets no address"),
                new NodeEvent.Recovered(record),
                new NodeEvent.Published(record),
                new NodeEvent.EpochOpened(2, -7_000_000_000_000_000_001L, RECEIVED),
                new NodeEvent.Missed(new ReportId(2, 1), 41, AT, HLC, RECEIVED),
                new NodeEvent.Reported(
                        new ReportId(2, 42), new Reported(AT, HLC, relayed), RECEIVED),
                new NodeEvent.Told(EDGE2, new ReportId(2, 42)));
    }

    private static List<Object> named() {
        var line = new Community("line", new TreeSet<>(List.of(EDGE1, EDGE2)));
        var till =
                new ServiceSpec(
                        "shop",
                        "till",
                        List.of(IpAddress.parse("10.96.7.7")),
                        new TreeSet<>(List.of(new ServiceSpec.Port("http", "TCP", 80, 8080, 0))),
                        600,
                        ServiceSpec.Distribution.NEAREST,
                        new TreeSet<>(List.of(new ServiceSpec.Pod(EDGE1, "till-0"))));
        var ofLine = record(EDGE1, new Scope.OfCommunity("line"), line);
        var ofTill = record(EDGE1, new Scope.OfService("shop/till"), till);
        return List.of(
                new CommunityEvent.Declared(MANDATE, line),
                new CommunityEvent.Removed(MANDATE),
                new CommunityEvent.Recovered(ofLine),
                new CommunityEvent.Published(ofLine),
                new ServiceEvent.Declared(MANDATE, till),
                new ServiceEvent.Removed(MANDATE),
                new ServiceEvent.Recovered(ofTill),
                new ServiceEvent.Published(ofTill));
    }

    private static List<Object> tunnel() {
        var account = new Account(EDGE1, new ReportId(2, 42), Way.DIRECT, CAUSE, AT, HLC, RECEIVED);
        return List.of(
                new TunnelEvent.Planned(account),
                new TunnelEvent.Established(account),
                new TunnelEvent.Relayed(account),
                new TunnelEvent.Lost(account),
                new TunnelEvent.Moved(account),
                new TunnelEvent.Rekeyed(account),
                new TunnelEvent.Refused(account),
                new TunnelEvent.Removed(account));
    }

    /** All that a node may report. */
    public static List<Report> reports() {
        return List.of(
                new Report.Started(CAUSE),
                new Report.PlanChanged(3, 1, CAUSE),
                new Report.Tunnel(EDGE2, Stage.MOVED, Way.LAN, CAUSE),
                new Report.RecordRefused("10.99.2.2", 7, CAUSE),
                new Report.DriftHealed("nft", 2, CAUSE),
                new Report.Gap(Report.Gap.Why.NO_ROOM, 12, HLC),
                new Report.Unknown(Bytes.ofHex("0a0b")));
    }

    private static SortedSet<Cidr> cidrs() {
        return Wishes.cidrs("10.244.1.0/24");
    }

    private static SignedRecord record(Subject subject, Scope scope, Payload payload) {
        return new CheapSigner(Wishes.keys(99, 0).recordKey())
                .sign(subject, scope, new Version(1, 42), payload);
    }
}
