// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.entity.EntityKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the authority's journal tells those who ask: the past of each entity, and the fabric as it
 * was. Moments are those of the fabric's logical clock, so what a node reports hours later belongs
 * to when it happened. Lags behind the journal by about a second. Thread-safe; may wait for a
 * database, whose failure is thrown as {@link AuditUnavailable}.
 */
public interface AuditTrail {
    /** The most entries that one answer has. */
    int LIMIT_MAX = 10_000;

    Found history(Query query);

    FabricStatus statusAt(Instant moment);

    default Topology topologyAt(Instant moment) {
        return Topology.of(statusAt(moment));
    }

    /**
     * Which entries.
     *
     * @param kind null for whichever kind has that name
     * @param name of a node, Community or {@code namespace/service}; a tunnel is {@code one|other},
     *     by its ends; a node's subject counts as a name
     * @param since entries from then on; null for no bound
     * @param until entries before then; null for no bound
     * @param after entries journaled after this one of the entity, so as to follow it
     * @param limit at most so many: those that happened last, or with {@code after} those journaled
     *     first
     */
    record Query(
            @Nullable EntityKind kind,
            String name,
            @Nullable Instant since,
            @Nullable Instant until,
            long after,
            int limit) {
        public Query {
            if (after < 0) {
                throw new IllegalArgumentException("entries are counted from 1, not " + after);
            }
            if (limit < 1 || limit > LIMIT_MAX) {
                throw new IllegalArgumentException(
                        "an answer has 1 to %d entries, not %d".formatted(LIMIT_MAX, limit));
            }
        }

        public static Query of(@Nullable EntityKind kind, String name) {
            return new Query(kind, name, null, null, 0, LIMIT_MAX);
        }
    }

    /** What was found under a name. */
    sealed interface Found {
        /** In the order in which they happened. */
        record Entries(List<HistoryEntry> entries) implements Found {
            public Entries {
                entries = List.copyOf(entries);
            }
        }

        /** Nothing has that name; {@code near} do nearly, the nearest first. */
        record Unknown(String name, List<String> near) implements Found {}

        /** Entities of several kinds have it. */
        record Ambiguous(String name, List<EntityKind> kinds) implements Found {}
    }
}
