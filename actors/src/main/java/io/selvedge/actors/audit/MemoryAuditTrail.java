// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.audit.StatusAssembly.Stood;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The audit in memory: the past is played again for each question. Thread-safe. */
public final class MemoryAuditTrail implements AuditTrail, Recorder, Names {
    private final Map<EntityId, List<Happening>> past = new TreeMap<>();
    private final Map<EntityKind, Map<String, Naming>> names = new TreeMap<>();

    private record Naming(String entity, long since) {}

    private record Part(EntityId entity, String part) {}

    @Override
    public synchronized void record(List<Happening> happenings) {
        for (var next : happenings) {
            var known = past.computeIfAbsent(next.entity(), _ -> new ArrayList<>());
            if (next.entry().sequence() == known.size() + 1) {
                known.add(next);
                name(next.entity(), next.entity().id(), 0);
                if (next.name() != null) {
                    name(next.entity(), next.name(), next.millis());
                }
            } else if (next.entry().sequence() > known.size()) {
                throw new IllegalArgumentException(next.entity() + " lacks an event");
            }
        }
    }

    private void name(EntityId entity, String name, long since) {
        names.computeIfAbsent(entity.kind(), _ -> new HashMap<>())
                .merge(
                        name,
                        new Naming(entity.id(), since),
                        (known, newer) -> newer.since() >= known.since() ? newer : known);
    }

    @Override
    public synchronized Found history(Query query) {
        return switch (meant(query.kind(), query.name())) {
            case Meant.Not(var why) -> why;
            case Meant.Entity(var id) -> new Found.Entries(entries(id, query));
        };
    }

    private List<HistoryEntry> entries(EntityId id, Query query) {
        var fit =
                past.getOrDefault(id, List.of()).stream()
                        .filter(each -> each.entry().sequence() > query.after())
                        .filter(each -> isWithin(each.millis(), query))
                        .map(Happening::entry)
                        .toList();
        var byTime =
                Comparator.comparing(HistoryEntry::happened)
                        .thenComparingLong(HistoryEntry::sequence);
        var all = fit.stream();
        var limited =
                query.after() > 0
                        ? all.limit(query.limit())
                        : all.sorted(byTime).skip(Math.max(0, fit.size() - query.limit()));
        return limited.sorted(byTime).toList();
    }

    private static boolean isWithin(long millis, Query query) {
        var since = query.since();
        var until = query.until();
        return (since == null || millis >= since.toEpochMilli())
                && (until == null || millis < until.toEpochMilli());
    }

    @Override
    public synchronized FabricStatus statusAt(Instant moment) {
        var last = new LinkedHashMap<Part, Happening>();
        var stands = new HashMap<Part, Standing>();
        for (var happening : past.values().stream().flatMap(List::stream).toList()) {
            for (var standing : happening.standings()) {
                var part = new Part(happening.entity(), standing.part());
                var known = last.get(part);
                if (happening.millis() <= moment.toEpochMilli()
                        && (known == null || known.millis() <= happening.millis())) {
                    last.put(part, happening);
                    stands.put(part, standing);
                }
            }
        }
        var assembly = new StatusAssembly();
        stands.forEach((part, standing) -> {
            var since = last.get(part);
            if (standing.fact() != null && since != null) {
                var at = Instant.ofEpochMilli(since.millis());
                assembly.add(new Stood(part.entity(), at, standing.fact()));
            }
        });
        return assembly.at(moment);
    }

    @Override
    public SortedMap<EntityKind, String> named(String name) {
        var named = new TreeMap<EntityKind, String>();
        names.forEach((kind, known) -> {
            if (known.containsKey(name)) {
                named.put(kind, known.get(name).entity());
            }
        });
        return named;
    }

    @Override
    public Collection<String> all() {
        return names.entrySet().stream()
                .filter(kind -> kind.getKey() != EntityKind.TUNNEL)
                .flatMap(kind -> kind.getValue().keySet().stream())
                .toList();
    }
}
