// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What neighbours last said of their scopes, and when: whether they hold what this node holds. */
final class Sync {
    /** Long enough for a connector's random choice of neighbours to fall on this node. */
    private static final Duration LATELY = Duration.ofSeconds(30);

    private final Map<Subject, Map<Scope, Bytes>> heard = new HashMap<>();
    private final Map<Subject, Instant> heardAt = new HashMap<>();

    void heard(Subject from, GossipMessage message, Instant now) {
        heardAt.put(from, now);
        if (message instanceof GossipMessage.Digests digests) {
            var scopes = heard.computeIfAbsent(from, _ -> new HashMap<>());
            if (!digests.all()) {
                scopes.keySet().removeIf(scope -> isWithin(digests, scope));
            }
            digests.scopes().forEach(each -> scopes.put(each.scope(), each.digest()));
        }
    }

    /** Whether anything was heard of one of the nodes lately. */
    boolean heardLately(Collection<Subject> nodes, Instant now) {
        return nodes.stream()
                .map(heardAt::get)
                .anyMatch(at -> at != null && Duration.between(at, now).compareTo(LATELY) < 0);
    }

    /** Whether the message tells of the scope: without its digest, it is kept no more. */
    private static boolean isWithin(GossipMessage.Digests digests, Scope scope) {
        var after = digests.after();
        var upTo = digests.upTo();
        return (after == null || scope.compareTo(after) > 0)
                && (upTo == null || scope.compareTo(upTo) <= 0);
    }

    void keepOnly(Collection<Subject> neighbours) {
        heard.keySet().retainAll(neighbours);
    }

    /** Whether every scope that both keep had equal digests when last heard of. */
    boolean agrees(RecordSet records) {
        var own = records.scopes();
        return heard.values().stream()
                .flatMap(scopes -> scopes.entrySet().stream())
                .filter(each -> own.contains(each.getKey()))
                .allMatch(each -> records.digest(each.getKey()).equals(each.getValue()));
    }
}
