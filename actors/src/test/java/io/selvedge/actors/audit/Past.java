// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.community.CommunityEvent;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.node.NodeSpec;
import io.selvedge.actors.node.ReportId;
import io.selvedge.actors.tunnel.Account;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.actors.tunnel.TunnelId;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Role;
import io.selvedge.model.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes up a past: events of entities, numbered as they come. Minutes count from {@link #START}.
 */
final class Past {
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Mandate MANDATE = new Mandate(1, 7);

    private final Map<EntityId, Long> numbers = new HashMap<>();
    private long reports;

    static Instant minute(double minute) {
        return START.plusMillis(Math.round(minute * 60_000));
    }

    static Subject node(int number) {
        return new Subject("beijing", "uid-" + number);
    }

    static EntityId id(int node) {
        return new EntityId(EntityKind.NODE, node(node).toString());
    }

    static EntityId tunnelId(int one, int other) {
        return new EntityId(EntityKind.TUNNEL, TunnelId.of(node(one), node(other)).toString());
    }

    Happening declared(int node, String name, String site, double minute) {
        var intent =
                new NodeIntent(
                        name,
                        "",
                        new TreeSet<>(List.of(Role.EDGE)),
                        site,
                        "",
                        "",
                        new TreeSet<>(),
                        List.of());
        var spec = new NodeSpec(intent, 7, null, new TreeSet<>(List.of("line")), new TreeSet<>());
        return happen(id(node), new NodeEvent.Declared(MANDATE, spec), minute);
    }

    Happening removed(int node, double minute) {
        return happen(id(node), new NodeEvent.Removed(MANDATE), minute);
    }

    Happening community(String name, double minute, int... members) {
        var subjects = new TreeSet<Subject>();
        for (int member : members) {
            subjects.add(node(member));
        }
        return happen(
                new EntityId(EntityKind.COMMUNITY, name),
                new CommunityEvent.Declared(MANDATE, new Community(name, subjects)),
                minute);
    }

    /** What one end of a tunnel tells, an hour later than it was. */
    Happening told(int reporter, int peer, Stage stage, double minute) {
        var account =
                new Account(
                        node(reporter),
                        new ReportId(1, ++reports),
                        stage == Stage.RELAYED ? Way.RELAY : Way.DIRECT,
                        new Cause("a rule", List.of("Community beijing/community:line@1.3")),
                        minute(minute + 1),
                        new Hlc(minute(minute).toEpochMilli(), 2),
                        minute(minute + 60));
        var event =
                switch (stage) {
                    case PLANNED -> new TunnelEvent.Planned(account);
                    case ESTABLISHED -> new TunnelEvent.Established(account);
                    case RELAYED -> new TunnelEvent.Relayed(account);
                    case LOST -> new TunnelEvent.Lost(account);
                    case MOVED -> new TunnelEvent.Moved(account);
                    case REKEYED -> new TunnelEvent.Rekeyed(account);
                    case REFUSED -> new TunnelEvent.Refused(account);
                    case REMOVED -> new TunnelEvent.Removed(account);
                };
        return happen(tunnelId(reporter, peer), event, minute + 60);
    }

    private Happening happen(EntityId entity, Object event, double writtenAt) {
        long sequence = numbers.merge(entity, 1L, Long::sum);
        return EventReading.read(entity, sequence, event, minute(writtenAt), "{}");
    }

    /** An hour of a small fabric: a node comes late, a tunnel falls, a node goes. */
    List<Happening> hour() {
        return Stream.of(
                        declared(1, "edge1", "plant-a", 0),
                        declared(2, "edge2", "plant-b", 0),
                        community("line", 1, 1, 2),
                        told(1, 2, Stage.PLANNED, 2),
                        told(2, 1, Stage.PLANNED, 2),
                        told(1, 2, Stage.RELAYED, 3),
                        told(2, 1, Stage.RELAYED, 3),
                        told(1, 2, Stage.ESTABLISHED, 5),
                        told(2, 1, Stage.ESTABLISHED, 6),
                        told(1, 2, Stage.REKEYED, 9),
                        told(1, 2, Stage.LOST, 10),
                        declared(3, "edge3", "", 20),
                        removed(2, 30))
                .toList();
    }
}
