// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.api;

import io.selvedge.actors.audit.AuditTrail;
import io.selvedge.actors.audit.Fact;
import io.selvedge.actors.audit.Happening;
import io.selvedge.actors.audit.HistoryEntry;
import io.selvedge.actors.audit.MemoryAuditTrail;
import io.selvedge.actors.audit.Standing;
import io.selvedge.actors.audit.TunnelHealth;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small past: two nodes, and a tunnel between them that is planned, and a minute later stands.
 */
public final class Story {
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    public static final Instant END = START.plusSeconds(600);
    private static final Cause CAUSE =
            new Cause("planned", List.of("Community beijing/community:line@1.3"));

    private final MemoryAuditTrail trail = new MemoryAuditTrail();

    public Story() {
        trail.record(
                List.of(
                        fabric(),
                        node(1, "plant-a"),
                        node(2, "plant-b"),
                        named(EntityKind.COMMUNITY, "line", new Fact.OfCommunity(members())),
                        named(
                                EntityKind.SERVICE,
                                "shop/till",
                                new Fact.OfService(List.of("10.96.7.7"), List.of("TCP 80"), 2)),
                        tunnel(1, 60, TunnelHealth.PLANNED, "planned", "the tunnel is planned"),
                        tunnel(
                                2,
                                120,
                                TunnelHealth.ESTABLISHED,
                                "established",
                                "the tunnel stands: direct")));
    }

    public AuditTrail trail() {
        return trail;
    }

    /** The tunnel falls. */
    public void lose() {
        trail.record(
                List.of(tunnel(3, 180, TunnelHealth.LOST, "lost", "nothing carries the tunnel")));
    }

    private static List<String> members() {
        return List.of("beijing/uid-1", "beijing/uid-2");
    }

    private static Happening fabric() {
        var fact =
                new Fact.OfFabric(
                        "beijing",
                        List.of("10.244.0.0/16"),
                        List.of("10.96.0.0/16"),
                        List.of("cloud1"));
        return named(EntityKind.CLUSTER, "beijing", fact);
    }

    private static Happening node(int number, String site) {
        var name = "edge" + number;
        var fact = new Fact.OfNode(name, List.of("edge"), site, "", "", List.of("line"));
        return happening(
                new EntityId(EntityKind.NODE, "beijing/uid-" + number),
                1,
                0,
                null,
                "declared",
                name + " is wanted",
                new Standing("wanted", fact),
                name);
    }

    private static Happening named(EntityKind kind, String id, Fact fact) {
        return happening(
                new EntityId(kind, id),
                1,
                0,
                null,
                "declared",
                "it is wanted",
                new Standing("wanted", fact),
                null);
    }

    private static Happening tunnel(
            long sequence, long second, TunnelHealth health, String event, String says) {
        var reporter = "beijing/uid-1";
        return happening(
                new EntityId(EntityKind.TUNNEL, "beijing/uid-1|beijing/uid-2"),
                sequence,
                second,
                reporter,
                event,
                says,
                new Standing(reporter, new Fact.TunnelEnd(reporter, health, says)),
                null);
    }

    private static Happening happening(
            EntityId entity,
            long sequence,
            long second,
            @Nullable String reporter,
            String event,
            String says,
            Standing standing,
            @Nullable String name) {
        var at = START.plusSeconds(second);
        var entry =
                new HistoryEntry(
                        entity,
                        sequence,
                        event,
                        says,
                        new Hlc(at.toEpochMilli(), 0),
                        reporter == null ? null : at,
                        at.plusSeconds(1),
                        reporter,
                        reporter == null ? null : CAUSE,
                        "{\"event\":\"" + event + "\"}");
        return new Happening(entry, List.of(standing), name);
    }
}
