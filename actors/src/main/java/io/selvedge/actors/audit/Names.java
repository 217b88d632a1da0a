// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.audit.AuditTrail.Found;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.tunnel.TunnelId;
import io.selvedge.model.Subject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What people call entities. */
interface Names {
    /** The entities of that name, by kind; an entity's id is a name of it too. */
    SortedMap<EntityKind, String> named(String name);

    /** All names of nodes, Communities, services and clusters. */
    Collection<String> all();

    /** The one entity that is meant, or why there is none. */
    default Meant meant(@Nullable EntityKind kind, String name) {
        int bar = name.indexOf('|');
        var found = bar < 0 ? named(name) : tunnel(name.substring(0, bar), name.substring(bar + 1));
        var fit = new TreeMap<>(found);
        fit.keySet().removeIf(each -> kind != null && each != kind);
        return switch (fit.size()) {
            case 0 -> new Meant.Not(new Found.Unknown(name, bar < 0 ? near(name) : nearEnds(name)));
            case 1 -> new Meant.Entity(entity(fit.firstEntry()));
            default -> new Meant.Not(new Found.Ambiguous(name, List.copyOf(fit.keySet())));
        };
    }

    /** Which entity is meant by a name. */
    sealed interface Meant {
        record Entity(EntityId id) implements Meant {}

        record Not(Found why) implements Meant {}
    }

    private SortedMap<EntityKind, String> tunnel(String one, String other) {
        var a = node(one);
        var b = node(other);
        if (a.isEmpty() || b.isEmpty() || a.equals(b)) {
            return new TreeMap<>();
        }
        return named(TunnelId.of(a.get(), b.get()).toString());
    }

    private Optional<Subject> node(String name) {
        return Optional.ofNullable(named(name).get(EntityKind.NODE)).map(Subject::parse);
    }

    private List<String> nearEnds(String tunnel) {
        int bar = tunnel.indexOf('|');
        var ends = List.of(tunnel.substring(0, bar), tunnel.substring(bar + 1));
        return ends.stream()
                .filter(end -> node(end).isEmpty())
                .flatMap(end -> near(end).stream())
                .toList();
    }

    private List<String> near(String name) {
        record Near(String name, int distance) {}
        int tolerated = Math.max(1, name.length() / 3);
        return all().stream()
                .map(each -> new Near(each, EditDistance.of(name, each)))
                .filter(each -> each.distance() <= tolerated)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(3)
                .map(Near::name)
                .toList();
    }

    private static EntityId entity(Map.Entry<EntityKind, String> found) {
        return new EntityId(found.getKey(), found.getValue());
    }
}
