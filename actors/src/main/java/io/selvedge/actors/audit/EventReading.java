// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.community.CommunityEvent;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.service.ServiceEvent;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an event of an entity says: to people, and of how things stand since.
 *
 * @param account null for what the authority decided
 */
record EventReading(
        String says,
        @Nullable Cause cause,
        @Nullable Told account,
        List<Standing> standings,
        @Nullable String name) {
    /** Who told it, and when it was. */
    record Told(String reporter, Instant nodeTime, Hlc happened, Instant receivedAt) {}

    /**
     * Reads any event of an entity.
     *
     * @param writtenAt when it was journaled
     * @param details the event as JSON
     */
    static Happening read(
            EntityId entity, long sequence, Object event, Instant writtenAt, String details) {
        var read = read(entity, event);
        var told = read.account;
        var entry =
                new HistoryEntry(
                        entity,
                        sequence,
                        word(event),
                        read.says,
                        told == null
                                ? new Hlc(Math.max(0, writtenAt.toEpochMilli()), 0)
                                : told.happened(),
                        told == null ? null : told.nodeTime(),
                        told == null ? writtenAt : told.receivedAt(),
                        told == null ? null : told.reporter(),
                        read.cause,
                        details);
        return new Happening(entry, read.standings, read.name);
    }

    private static EventReading read(EntityId entity, Object event) {
        return switch (event) {
            case ClusterEvent of -> ClusterReading.read(of);
            case NodeEvent of -> NodeReading.read(entity, of);
            case TunnelEvent of -> TunnelReading.read(of);
            case CommunityEvent of -> NamedReading.read(of);
            case ServiceEvent of -> NamedReading.read(of);
            default -> said(event.toString());
        };
    }

    static EventReading said(String says) {
        return new EventReading(Printable.of(says), null, null, List.of(), null);
    }

    static EventReading published(SignedRecord record) {
        return said("published " + name(record)).because(of(record, "published"));
    }

    static EventReading recovered(SignedRecord record) {
        return said("the fabric gave back " + name(record)).because(of(record, "recovered"));
    }

    EventReading because(@Nullable Cause why) {
        var shown =
                why == null
                        ? null
                        : Cause.of(
                                Printable.of(why.rule()),
                                why.records().stream().map(Printable::of).toList());
        return new EventReading(says, shown, account, standings, name);
    }

    /** By the intent. */
    EventReading wanted(Mandate mandate, String rule) {
        var version = new Version(mandate.epoch(), mandate.revision());
        return because(Cause.of(rule, List.of("intent@" + version)));
    }

    EventReading told(Told by) {
        return new EventReading(says, cause, by, standings, name);
    }

    EventReading standing(Standing... since) {
        return new EventReading(says, cause, account, List.of(since), name);
    }

    EventReading named(String now) {
        return new EventReading(says, cause, account, standings, now);
    }

    private static Cause of(SignedRecord record, String rule) {
        return Cause.of(rule, List.of(name(record) + "@" + record.header().version()));
    }

    private static String name(SignedRecord record) {
        return record.header().type() + " " + record.header().subject();
    }

    /** {@code NodeAdmitted} is {@code node-admitted}. */
    private static String word(Object event) {
        return event.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
