// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Payload.Endpoint;
import io.selvedge.model.Payload.Observation;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where nodes are, as far as it is believed: their own endpoints, and of the observations by
 * connectors that of the first connector. Not changed once others see it.
 */
final class Sightings {
    private final TreeMap<Subject, Believed<Endpoint>> endpoints;
    private final TreeMap<Subject, Believed<Observation>> observations;

    Sightings() {
        endpoints = new TreeMap<>();
        observations = new TreeMap<>();
    }

    private Sightings(Sightings other) {
        endpoints = new TreeMap<>(other.endpoints);
        observations = new TreeMap<>(other.observations);
    }

    /** With what is held of these nodes read anew. */
    Sightings with(
            Collection<Subject> nodes,
            Map<Scope, List<Statement>> held,
            Grants grants,
            Overlay overlay) {
        var next = new Sightings(this);
        for (var node : nodes) {
            var said = held.getOrDefault(new Scope.OfNode(node), List.of());
            put(next.endpoints, node, endpointOf(node, said, grants, overlay));
            put(next.observations, node, observationOf(node, said, grants, overlay));
        }
        return next;
    }

    /** The nodes of whose whereabouts something else is believed. */
    SortedSet<Subject> changedSince(Sightings before) {
        var changed = Lockstep.differing(before.endpoints, endpoints);
        changed.addAll(Lockstep.differing(before.observations, observations));
        return changed;
    }

    @Nullable Believed<Endpoint> endpoint(Subject node) {
        return endpoints.get(node);
    }

    @Nullable Believed<Observation> observation(Subject node) {
        return observations.get(node);
    }

    private static <V> void put(Map<Subject, V> map, Subject node, @Nullable V value) {
        if (value == null) {
            map.remove(node);
        } else {
            map.put(node, value);
        }
    }

    private static @Nullable Believed<Endpoint> endpointOf(
            Subject node, List<Statement> said, Grants grants, Overlay overlay) {
        return said.stream()
                .filter(statement -> node.equals(author(statement, node, grants)))
                .filter(statement -> statement.payload() instanceof Endpoint)
                .max(Comparator.comparing(statement -> statement.header().version()))
                .map(statement ->
                        Believed.of(
                                overlay.takenOutOf((Endpoint) statement.payload()),
                                node,
                                statement.header().version()))
                .orElse(null);
    }

    private static @Nullable Believed<Observation> observationOf(
            Subject node, List<Statement> said, Grants grants, Overlay overlay) {
        Subject first = null;
        Believed<Observation> believed = null;
        for (var statement : said) {
            if (statement.payload() instanceof Observation says
                    && !overlay.covers(says.address())) {
                var author = author(statement, node, grants);
                var grant = author == null ? null : grants.believed(author);
                if (author != null
                        && grant != null
                        && grant.says().isConnector()
                        && (first == null || author.compareTo(first) < 0)) {
                    first = author;
                    believed = Believed.of(says, node, statement.header().version());
                }
            }
        }
        return believed;
    }

    /** The node that wrote a statement about {@code node}, when both have believed grants. */
    private static @Nullable Subject author(Statement statement, Subject node, Grants grants) {
        return statement.header().subject().equals(node) && grants.believed(node) != null
                ? grants.writerOf(statement.header().writer())
                : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sightings that
                && endpoints.equals(that.endpoints)
                && observations.equals(that.observations);
    }

    @Override
    public int hashCode() {
        return endpoints.hashCode();
    }
}
