// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.audit.FabricStatus.Community;
import io.selvedge.actors.audit.FabricStatus.End;
import io.selvedge.actors.audit.FabricStatus.Node;
import io.selvedge.actors.audit.FabricStatus.Service;
import io.selvedge.actors.audit.FabricStatus.Tunnel;
import io.selvedge.actors.entity.EntityId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the facts that stand at a moment together, in whatever order they come. */
final class StatusAssembly {
    /** A fact, and since when it stands. */
    record Stood(EntityId entity, Instant since, Fact fact) {}

    private final Map<String, Fact.Allotted> allotted = new HashMap<>();
    private final Map<String, String> problems = new HashMap<>();
    private final Map<String, Stood> wanted = new TreeMap<>();
    private final Map<String, List<End>> ends = new TreeMap<>();
    private final List<Stood> communities = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private Fact.@Nullable OfFabric fabric;

    void add(Stood stood) {
        var id = stood.entity().id();
        switch (stood.fact()) {
            case Fact.OfFabric says -> fabric = says;
            case Fact.OfNode _ -> wanted.put(id, stood);
            case Fact.Allotted says -> allotted.put(id, says);
            case Fact.Problem(var says) -> problems.put(id, says);
            case Fact.TunnelEnd(var reporter, var health, var detail) ->
                    ends.computeIfAbsent(id, _ -> new ArrayList<>())
                            .add(new End(reporter, health, detail, stood.since()));
            case Fact.OfCommunity _ -> communities.add(stood);
            case Fact.OfService(var ips, var ports, var pods) ->
                    services.add(new Service(id, stood.since(), ips, ports, pods));
        }
    }

    FabricStatus at(Instant moment) {
        return new FabricStatus(
                moment,
                fabric,
                wanted.values().stream()
                        .flatMap(this::node)
                        .sorted(Comparator.comparing(Node::name).thenComparing(Node::subject))
                        .toList(),
                ends.entrySet().stream()
                        .flatMap(tunnel -> tunnel(tunnel.getKey(), tunnel.getValue()))
                        .sorted(Comparator.comparing(Tunnel::low).thenComparing(Tunnel::high))
                        .toList(),
                communities.stream()
                        .flatMap(this::community)
                        .sorted(Comparator.comparing(Community::name))
                        .toList(),
                services.stream().sorted(Comparator.comparing(Service::name)).toList());
    }

    private Stream<Node> node(Stood stood) {
        var id = stood.entity().id();
        var addresses = allotted.get(id);
        return stood.fact() instanceof Fact.OfNode node
                ? Stream.of(
                        new Node(
                                node.name(),
                                id,
                                stood.since(),
                                node.roles(),
                                node.site(),
                                node.zone(),
                                node.region(),
                                node.communities(),
                                addresses == null ? null : addresses.fabricAddress(),
                                addresses == null ? List.of() : addresses.podCidrs(),
                                problems.get(id)))
                : Stream.of();
    }

    /**
     * A node that is wanted no more does not say so of its tunnels, and ends all that there was
     * with it; and what a node says of one to somebody that never was is no tunnel.
     */
    private Stream<Tunnel> tunnel(String id, List<End> said) {
        var ends = List.of(id.split("\\|", 2));
        var seen = said.stream().filter(end -> wanted.containsKey(end.reporter())).toList();
        if (seen.isEmpty() || !wanted.keySet().containsAll(ends)) {
            return Stream.of();
        }
        var names = ends.stream().map(this::name).sorted().toList();
        return Stream.of(
                new Tunnel(
                        names.getFirst(),
                        names.getLast(),
                        seen.stream().map(End::state).min(Comparator.naturalOrder()).orElseThrow(),
                        seen.stream().map(End::since).max(Comparator.naturalOrder()).orElseThrow(),
                        seen.stream()
                                .map(end ->
                                        new End(
                                                name(end.reporter()),
                                                end.state(),
                                                end.detail(),
                                                end.since()))
                                .sorted(Comparator.comparing(End::reporter))
                                .toList()));
    }

    private Stream<Community> community(Stood stood) {
        return stood.fact() instanceof Fact.OfCommunity(var members)
                ? Stream.of(
                        new Community(
                                stood.entity().id(),
                                stood.since(),
                                members.stream().map(this::name).sorted().toList()))
                : Stream.of();
    }

    /** A subject that is no node at the moment stays what it is. */
    private String name(String subject) {
        return wanted.get(subject) instanceof Stood(_, _, Fact.OfNode node) ? node.name() : subject;
    }
}
