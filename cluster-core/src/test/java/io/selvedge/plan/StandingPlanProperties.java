// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.Statement;
import io.selvedge.model.Payload;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.plan.Fabrics.Attachment;
import io.selvedge.plan.Fabrics.NodeShape;
import io.selvedge.plan.FilterResource.Pair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A plan carried from view to view is the plan of each view. */
class StandingPlanProperties {
    private static final int NODES = 7;
    private static final int CHANGES = 25;

    private static List<Statement> fabric() {
        var shapes = new ArrayList<NodeShape>();
        for (int i = 1; i < NODES; i++) {
            var attachment = i % 2 == 0 ? Attachment.NATED : Attachment.PUBLIC;
            shapes.add(new NodeShape(i, "plant-" + i % 3, attachment));
        }
        return Fabrics.of(
                shapes,
                Map.of("line-0", List.of(1, 2, 3, 4), "line-1", List.of(3, 4, 5)),
                Map.of(1, List.of(5, 6), 5, List.of(1), 6, List.of(1)));
    }

    @Property(tries = 150)
    void equalsThePlanMadeAnew(@ForAll long seed, @ForAll @IntRange(max = NODES - 1) int node) {
        var changing = new Changing(fabric(), NODES, seed);
        var standing = new StandingPlan(Fabrics.subject(node), Fabrics.DEFAULTS);
        var view = Fabrics.view(changing.statements());
        for (int i = 0; i < CHANGES; i++) {
            assertThat(standing.next(view)).isEqualTo(Fabrics.plan(node, view));
            view = view.update(changing.change());
        }
    }

    @Property(tries = 50)
    void whatWasPlannedBeforeStaysAsItWas(@ForAll long seed) {
        var changing = new Changing(fabric(), NODES, seed);
        var standing = new StandingPlan(Fabrics.subject(0), Fabrics.DEFAULTS);
        var view = Fabrics.view(changing.statements());
        var before = standing.next(view);
        for (int i = 0; i < CHANGES; i++) {
            view = view.update(changing.change());
            standing.next(view);
        }
        assertThat(before).isEqualTo(Fabrics.plan(0, Fabrics.view(fabric())));
    }

    @Test
    void aChangeAtAStrangerLeavesThePlan() {
        var all = fabric();
        var standing = new StandingPlan(Fabrics.subject(1), Fabrics.DEFAULTS);
        var before = standing.next(Fabrics.view(all));
        var without = new ArrayList<>(all);
        boolean removed =
                without.removeIf(each ->
                        each.payload() instanceof Payload.Observation
                                && each.header().subject().equals(Fabrics.subject(3)));
        assertThat(removed).isTrue();
        var other = new StandingPlan(Fabrics.subject(6), Fabrics.DEFAULTS);
        var ofOther = other.next(Fabrics.view(all));
        assertThat(other.next(Fabrics.view(without))).as("of a stranger").isSameAs(ofOther);
        assertThat(standing.next(Fabrics.view(without))).as("of a member").isNotEqualTo(before);
    }

    @Test
    void aConnectorTakesOverWhatAnotherCarried() {
        var all = new ArrayList<>(fabric());
        all.replaceAll(StandingPlanProperties::withNodeOneAsConnector);
        var view = Fabrics.view(all);
        var connector = new StandingPlan(Fabrics.subject(1), Fabrics.DEFAULTS);
        var edge = new StandingPlan(Fabrics.subject(3), Fabrics.DEFAULTS);
        assertThat(connector.next(view).peers()).isEmpty();
        assertThat(edge.next(view).peers()).containsKey(Fabrics.subject(0));
        var after = view.update(Map.of(new Scope.OfNode(Fabrics.subject(0)), List.of()));
        assertThat(connector.next(after).peers()).hasSize(NODES - 2);
        assertThat(connector.next(after)).isEqualTo(Fabrics.plan(1, after));
        assertThat(edge.next(after).peers()).containsKey(Fabrics.subject(1));
        assertThat(edge.next(after)).isEqualTo(Fabrics.plan(3, after));
    }

    private static Statement withNodeOneAsConnector(Statement said) {
        return switch (said.payload()) {
            case Payload.FabricSettings says ->
                    new Statement(
                            said.header(),
                            new Payload.FabricSettings(
                                    says.cluster(),
                                    says.clusterCidrs(),
                                    says.serviceCidrs(),
                                    says.fabricCidr(),
                                    new TreeMap<>(
                                            Map.of(
                                                    Fabrics.subject(0),
                                                    List.of(Fabrics.underlay(0)),
                                                    Fabrics.subject(1),
                                                    List.of(Fabrics.underlay(1)))),
                                    says.mtu()));
            case Payload.NodeGrant says when said.header().subject().equals(Fabrics.subject(1)) ->
                    new Statement(
                            said.header(),
                            new Payload.NodeGrant(
                                    says.name(),
                                    new TreeSet<>(List.of(Role.CLOUD, Role.CONNECTOR)),
                                    says.site(),
                                    says.zone(),
                                    says.region(),
                                    says.fabricAddress(),
                                    says.podCidrs(),
                                    says.publicAddresses(),
                                    says.communities(),
                                    says.backbone(),
                                    says.recordKey(),
                                    says.ikeKey()));
            default -> said;
        };
    }

    @Test
    void aConnectorAllowsEachPairOfACommunityOnce() {
        var view = Fabrics.view(fabric());
        var pairs = new HashSet<Pair>();
        Fabrics.plan(0, view)
                .filter()
                .values()
                .forEach(planned -> {
                    if (planned.resource() instanceof Pair pair) {
                        assertThat(pairs.add(pair)).isTrue();
                    }
                });
        // Own, with each of six edges, and the 6 + 3 - 1 pairs of edges that share a Community.
        assertThat(pairs).hasSize(1 + 2 * 6 + 2 * 8);
    }
}
