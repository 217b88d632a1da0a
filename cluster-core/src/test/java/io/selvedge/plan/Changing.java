// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.Statement;
import io.selvedge.model.Header;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.Endpoint;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Observation;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The records of a small fabric that change, one at a time, in ways drawn from a seed. */
final class Changing {
    private final Random random;
    private final int nodes;
    private final List<Statement> gone = new ArrayList<>();
    private List<Statement> statements;
    private long sequence = 1_000;

    Changing(List<Statement> statements, int nodes, long seed) {
        this.statements = new ArrayList<>(statements);
        this.nodes = nodes;
        this.random = new Random(seed);
    }

    List<Statement> statements() {
        return statements;
    }

    /** Changes something; returns all statements of the scopes that changed. */
    Map<Scope, List<Statement>> change() {
        int index = random.nextInt(statements.size());
        var touched = statements.get(index);
        switch (random.nextInt(8)) {
            case 0 -> gone.add(statements.remove(index));
            case 1, 2 -> {
                if (!gone.isEmpty()) {
                    touched = gone.remove(random.nextInt(gone.size()));
                    statements.add(touched);
                }
            }
            default -> statements.set(index, newer(touched));
        }
        if (statements.isEmpty()) {
            statements.addAll(gone);
            gone.clear();
            return byScope();
        }
        var scope = touched.header().scope();
        return Map.of(scope, byScope().getOrDefault(scope, List.of()));
    }

    private Map<Scope, List<Statement>> byScope() {
        var scopes = new TreeMap<Scope, List<Statement>>();
        statements.forEach(each ->
                scopes.computeIfAbsent(each.header().scope(), _ -> new ArrayList<>()).add(each));
        return scopes;
    }

    private Statement newer(Statement old) {
        var header = old.header();
        return new Statement(
                new Header(
                        header.type(),
                        header.subject(),
                        header.writer(),
                        header.scope(),
                        new Version(1, ++sequence)),
                changed(old.payload()));
    }

    private Payload changed(Payload payload) {
        return switch (payload) {
            case FabricSettings says ->
                    new FabricSettings(
                            says.cluster(),
                            says.clusterCidrs(),
                            says.serviceCidrs(),
                            says.fabricCidr(),
                            says.connectors(),
                            1_300 + random.nextInt(100));
            case NodeGrant says -> changed(says);
            case Community says ->
                    new Community(says.name(), toggled(says.members(), Fabrics.subject(anyNode())));
            case Endpoint says ->
                    new Endpoint(
                            List.of(Fabrics.underlay(100 + anyNode())),
                            says.port(),
                            says.backend(),
                            says.incarnation());
            case Observation says ->
                    new Observation(says.address(), says.port(), random.nextBoolean());
            default -> payload;
        };
    }

    private NodeGrant changed(NodeGrant says) {
        int what = random.nextInt(6);
        var roles = List.of(List.of(Role.EDGE), List.of(Role.CLOUD), List.of(Role.CONNECTOR));
        return new NodeGrant(
                says.name(),
                what == 0 ? new TreeSet<>(roles.get(random.nextInt(3))) : says.roles(),
                what == 1 ? "plant-" + random.nextInt(3) : says.site(),
                says.zone(),
                says.region(),
                says.fabricAddress(),
                what == 2
                        ? toggled(says.podCidrs(), Fabrics.pods(anyNode() + 10 * random.nextInt(2)))
                        : says.podCidrs(),
                what == 3 ? List.of(Fabrics.underlay(anyNode())) : says.publicAddresses(),
                what == 4
                        ? toggled(says.communities(), "line-" + random.nextInt(3))
                        : says.communities(),
                what == 5 ? toggled(says.backbone(), Fabrics.subject(anyNode())) : says.backbone(),
                says.recordKey(),
                says.ikeKey());
    }

    private int anyNode() {
        return random.nextInt(nodes);
    }

    private static <T extends Comparable<T>> SortedSet<T> toggled(SortedSet<T> set, T element) {
        var toggled = new TreeSet<>(set);
        if (!toggled.remove(element)) {
            toggled.add(element);
        }
        return toggled;
    }
}
