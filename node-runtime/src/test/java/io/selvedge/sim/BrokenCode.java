// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import io.selvedge.fabric.FabricNode;
import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.model.Cidr;
import io.selvedge.model.Header;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Slot;
import io.selvedge.model.Subject;
import io.selvedge.plan.FilterResource;
import io.selvedge.plan.NodeDefaults;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planned;
import io.selvedge.plan.Planner;
import io.selvedge.sim.world.Code;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Code that does one thing wrong. */
final class BrokenCode {
    private BrokenCode() {}

    /** Plans from other statements than those that the node believes. */
    private interface OtherBelief extends Code {
        List<Statement> twist(List<Statement> held, RecordKey authority);

        @Override
        default Plan plan(
                Subject self, View view, FabricNode node, RecordKey root, NodeDefaults defaults) {
            var held = node.records().statements();
            var authority =
                    held.stream()
                            .filter(each -> each.payload() instanceof Payload.FabricSettings)
                            .findFirst()
                            .orElseThrow()
                            .header()
                            .writer();
            return Planner.plan(self, View.of(twist(held, authority), root), defaults);
        }
    }

    /** Changes the plan that the right code makes. */
    private interface OtherPlan extends Code {
        Plan twist(Plan plan);

        @Override
        default Plan plan(
                Subject self, View view, FabricNode node, RecordKey root, NodeDefaults defaults) {
            return twist(Planner.plan(self, view, defaults));
        }
    }

    /** Changes the order of what is to be done. */
    private interface OtherOrder extends Code {
        Predicate<FabricNode.Effect> first();

        @Override
        default List<FabricNode.Effect> order(List<FabricNode.Effect> effects) {
            return Stream.concat(
                            effects.stream().filter(first()),
                            effects.stream().filter(first().negate()))
                    .toList();
        }
    }

    /** And goes by what it once held, though the grant is let go as soon as its key is revoked. */
    static Code thatForgetsRevocations() {
        var onceHeld = new HashMap<Slot, Statement>();
        return (OtherBelief)
                (held, _) -> {
                    held.stream()
                            .filter(each ->
                                    !(each.payload() instanceof Payload.Revocation)
                                            && !(each.payload() instanceof Payload.Roster))
                            .forEach(each -> onceHeld.put(slot(each.header()), each));
                    return List.copyOf(onceHeld.values());
                };
    }

    private static Slot slot(Header header) {
        return new Slot(header.scope(), header.type(), header.subject(), header.writer());
    }

    static Code thatLetsEverybodyPass() {
        return (OtherPlan)
                plan -> {
                    if (plan.filter().isEmpty()) {
                        return plan;
                    }
                    var filter = new TreeMap<>(plan.filter());
                    var why = filter.firstEntry().getValue().reason();
                    for (int from = 0; from < 4; from++) {
                        for (int to = 0; to < 4; to++) {
                            var pair = new FilterResource.Pair(pods(from), pods(to));
                            filter.put(pair.key(), new Planned<>(pair, why));
                        }
                    }
                    return withFilter(plan, filter);
                };
    }

    /** Takes the highest grant of a node for the authority's, whoever wrote it. */
    static Code thatTrustsAnyGrant() {
        return (OtherBelief)
                (held, authority) -> {
                    var grants = new TreeMap<Subject, Statement>();
                    held.stream()
                            .filter(each -> each.payload() instanceof Payload.NodeGrant)
                            .sorted(Comparator.comparing(each -> each.header().version()))
                            .forEach(each -> grants.put(each.header().subject(), each));
                    return Stream.concat(
                                    held.stream()
                                            .filter(each ->
                                                    !(each.payload() instanceof Payload.NodeGrant)),
                                    grants.values().stream().map(each -> by(authority, each)))
                            .toList();
                };
    }

    static Code thatTrustsAnySignature() {
        return new Code() {
            @Override
            public boolean trustsAnySignature() {
                return true;
            }
        };
    }

    static Code thatLeavesRoutesOpen() {
        return (OtherPlan)
                plan -> {
                    var ip = new TreeMap<>(plan.ip());
                    ip.keySet().removeIf(key -> key.startsWith("unreachable"));
                    return new Plan(
                            plan.self(),
                            plan.ownAddress(),
                            ip,
                            plan.filter(),
                            plan.cni(),
                            plan.relay(),
                            plan.direct(),
                            plan.peers());
                };
    }

    static Code thatInstallsNoFilter() {
        return (OtherPlan) plan -> withFilter(plan, new TreeMap<>());
    }

    static Code thatStoresNothing() {
        return new Code() {
            @Override
            public boolean keepsRecords() {
                return false;
            }
        };
    }

    static Code thatReservesNothing() {
        return new Code() {
            @Override
            public boolean keepsReservations() {
                return false;
            }
        };
    }

    static Code thatSendsBeforeItStores() {
        return (OtherOrder) () -> FabricNode.Send.class::isInstance;
    }

    static Code thatTellsNobody() {
        return new Code() {
            @Override
            public boolean does(FabricNode.Effect effect) {
                return !(effect instanceof FabricNode.Send);
            }
        };
    }

    private static Statement by(RecordKey writer, Statement said) {
        var header = said.header();
        return new Statement(
                new Header(
                        header.type(),
                        header.subject(),
                        writer,
                        header.scope(),
                        header.version(),
                        header.publication()),
                said.payload());
    }

    private static Cidr pods(int node) {
        return Cidr.parse("10.244." + node + ".0/24");
    }

    private static Plan withFilter(Plan plan, SortedMap<String, Planned<FilterResource>> filter) {
        return new Plan(
                plan.self(),
                plan.ownAddress(),
                plan.ip(),
                filter,
                plan.cni(),
                plan.relay(),
                plan.direct(),
                plan.peers());
    }
}
