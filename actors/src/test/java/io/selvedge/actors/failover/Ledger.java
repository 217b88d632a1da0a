// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.failover;

import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.persistence.EntityNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that was said on the clients' side, and when it arrived here. Thread-safe. */
final class Ledger {
    private static final String CLUSTER = EntityNames.prefix(EntityKind.CLUSTER);

    /** Where a client asks, and whom: one that it asks all the time. */
    record Way(String node, String entity) {}

    private final Map<Way, List<Long>> answers = new HashMap<>();
    private final Map<String, Integer> decided = new TreeMap<>();
    private final Map<String, Set<Long>> revisions = new TreeMap<>();
    private final Set<Word.Published> published = new HashSet<>();

    synchronized void hear(String node, Word word) {
        switch (word) {
            case Word.State _ -> {}
            case Word.Told(var entity, int events, long revision) -> {
                decided.merge(entity, events, Integer::sum);
                if (revision > 0) {
                    revisions.computeIfAbsent(entity, _ -> new HashSet<>()).add(revision);
                }
                if (revision > 0 || entity.startsWith(CLUSTER)) {
                    answers.computeIfAbsent(new Way(node, entity), _ -> new ArrayList<>())
                            .add(System.nanoTime());
                }
            }
            case Word.Published record -> published.add(record);
        }
    }

    /** How many events clients know of, by entity. */
    synchronized Map<String, Integer> decided() {
        return new TreeMap<>(decided);
    }

    /** The declarations that clients know to be decided, by entity. */
    synchronized Map<String, Set<Long>> revisions() {
        var copy = new TreeMap<String, Set<Long>>();
        revisions.forEach((entity, known) -> copy.put(entity, Set.copyOf(known)));
        return copy;
    }

    synchronized Set<Word.Published> published() {
        return Set.copyOf(published);
    }

    /** A node's process ended, and its clients with it. */
    synchronized void ended(String node) {
        answers.keySet().removeIf(way -> way.node().equals(node));
    }

    /** How many answers clients of a node had since a moment. */
    synchronized int answers(String node, long since) {
        return (int)
                answers.entrySet().stream()
                        .filter(way -> way.getKey().node().equals(node))
                        .flatMap(way -> way.getValue().stream())
                        .filter(time -> time > since)
                        .count();
    }

    /** Where clients of these nodes ask, and were not answered since a moment. */
    synchronized Set<Way> unanswered(Set<String> nodes, long since) {
        var open = new HashSet<Way>();
        for (var node : nodes) {
            open.add(new Way(node, "all"));
        }
        answers.forEach((way, times) -> {
            open.remove(new Way(way.node(), "all"));
            if (nodes.contains(way.node()) && times.getLast() <= since) {
                open.add(way);
            }
        });
        return open;
    }

    /** The longest silence on each way from some nodes, between a moment and now. */
    synchronized Map<Way, Duration> silences(Set<String> nodes, long from) {
        var silences = new HashMap<Way, Duration>();
        answers.forEach((way, times) -> {
            if (nodes.contains(way.node())) {
                silences.put(way, longestSilence(times, from, System.nanoTime()));
            }
        });
        return silences;
    }

    private static Duration longestSilence(List<Long> times, long from, long to) {
        long longest = 0;
        long last = from;
        for (long time : times) {
            if (time > from) {
                longest = Math.max(longest, time - last);
                last = time;
            }
        }
        return Duration.ofNanos(Math.max(longest, to - last));
    }
}
