// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.model.Payload;
import io.selvedge.model.Subject;
import io.selvedge.plan.Fabrics.Attachment;
import io.selvedge.plan.Fabrics.NodeShape;
import io.selvedge.plan.FilterResource.Pair;
import io.selvedge.plan.PeerPlan.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The laws of planning, over random fabrics (N3, N16). */
class PlanProperties {
    private static final int TRIES = 150;

    /** A fabric: what its records say, and how many nodes it has. */
    record World(List<Statement> statements, int nodes) {
        @Override
        public String toString() {
            return nodes + " nodes: " + statements;
        }
    }

    @Provide
    Arbitrary<World> worlds() {
        var nodes = Arbitraries.integers().between(1, 7);
        return nodes.flatMap(count -> {
            var sites = Arbitraries.of("plant-a", "plant-b", "plant-c").list().ofSize(count);
            var attachments = Arbitraries.of(Attachment.values()).list().ofSize(count);
            var communities = Arbitraries.integers().between(0, count).set().list().ofMaxSize(3);
            var backbone =
                    Arbitraries.maps(
                                    Arbitraries.integers().between(0, count),
                                    Arbitraries.integers().between(0, count).set())
                            .ofMaxSize(count);
            return Combinators.combine(sites, attachments, communities, backbone)
                    .as((s, a, c, b) -> world(count, s, a, c, b));
        });
    }

    private static World world(
            int count,
            List<String> sites,
            List<Attachment> attachments,
            List<Set<Integer>> communities,
            Map<Integer, Set<Integer>> backbone) {
        var shapes = new ArrayList<NodeShape>();
        for (int i = 1; i <= count; i++) {
            shapes.add(new NodeShape(i, sites.get(i - 1), attachments.get(i - 1)));
        }
        var named = new TreeMap<String, Set<Integer>>();
        for (int i = 0; i < communities.size(); i++) {
            named.put("line-" + i, communities.get(i));
        }
        return new World(Fabrics.of(shapes, named, backbone), count + 1);
    }

    @Property(tries = TRIES)
    void orderOfArrivalDoesNotMatter(@ForAll("worlds") World world, @ForAll long seed) {
        var shuffled = new ArrayList<>(world.statements());
        Collections.shuffle(shuffled, new Random(seed));
        for (int node = 0; node < world.nodes(); node++) {
            assertThat(Fabrics.plan(node, Fabrics.view(shuffled)))
                    .isEqualTo(Fabrics.plan(node, Fabrics.view(world.statements())));
        }
    }

    @Property(tries = TRIES)
    void bothEndsPlanMirrorImages(@ForAll("worlds") World world) {
        var view = Fabrics.view(world.statements());
        for (int a = 0; a < world.nodes(); a++) {
            var planOfA = Fabrics.plan(a, view);
            for (int b = 0; b < world.nodes(); b++) {
                if (a != b) {
                    mirrored(planOfA.peers().get(Fabrics.subject(b)), peer(view, b, a));
                }
            }
        }
    }

    private static @Nullable PeerPlan peer(View view, int of, int to) {
        return Fabrics.plan(of, view).peers().get(Fabrics.subject(to));
    }

    private static void mirrored(@Nullable PeerPlan there, @Nullable PeerPlan back) {
        assertThat(there == null).isEqualTo(back == null);
        if (there == null || back == null) {
            return;
        }
        assertThat(there.kind()).isEqualTo(back.kind());
        assertThat(there.via()).isEqualTo(back.via());
        assertThat(there.connection() == null).isEqualTo(back.connection() == null);
        var forth = there.connection();
        var mirror = back.connection();
        if (forth != null && mirror != null) {
            assertThat(forth.initiator()).isNotEqualTo(mirror.initiator());
            assertThat(forth.localSelectors()).isEqualTo(mirror.remoteSelectors());
            assertThat(forth.remoteSelectors()).isEqualTo(mirror.localSelectors());
            assertThat(forth.localKey()).isEqualTo(mirror.remoteKey());
            assertThat(forth.remoteId()).isEqualTo(mirror.localId());
            var initiating = forth.initiator() ? forth : mirror;
            assertThat(initiating.remoteAddresses()).isNotEmpty();
        }
    }

    @Property(tries = TRIES)
    void onlyMembersOfOneCommunityMeet(@ForAll("worlds") World world) {
        var view = Fabrics.view(world.statements());
        for (int a = 1; a < world.nodes(); a++) {
            var plan = Fabrics.plan(a, view);
            for (int b = 1; b < world.nodes(); b++) {
                if (a != b) {
                    boolean together = together(world, a, b);
                    var allowed = new Pair(Fabrics.pods(a), Fabrics.pods(b)).key();
                    boolean meet = together || backbone(world, a, b);
                    assertThat(plan.peers().containsKey(Fabrics.subject(b))).isEqualTo(meet);
                    assertThat(plan.filter().containsKey(allowed)).isEqualTo(together);
                    assertThat(Fabrics.plan(0, view).filter().containsKey(allowed))
                            .as("the relay")
                            .isEqualTo(together);
                }
            }
        }
    }

    @Property(tries = TRIES)
    void theBackboneCarriesFabricAddressesOnly(@ForAll("worlds") World world) {
        var view = Fabrics.view(world.statements());
        for (int a = 1; a < world.nodes(); a++) {
            for (int b = 1; b < world.nodes(); b++) {
                var peer = peer(view, a, b);
                if (a == b || !backbone(world, a, b) || together(world, a, b)) {
                    assertThat(peer == null || peer.kind() != Kind.BACKBONE).isTrue();
                    continue;
                }
                assertThat(Objects.requireNonNull(peer).kind()).isEqualTo(Kind.BACKBONE);
                var connection = peer.connection();
                if (connection != null) {
                    var here = Fabrics.fabricAddress(a).asCidr();
                    var there = Fabrics.fabricAddress(b).asCidr();
                    assertThat(connection.localSelectors()).containsExactly(here);
                    assertThat(connection.remoteSelectors()).containsExactly(there);
                    assertThat(peer.routes()).hasSize(1).allMatch(to -> to.to().equals(there));
                    assertThat(Fabrics.plan(a, view).direct()).containsKey(connection.key());
                }
            }
        }
    }

    @Property(tries = TRIES)
    void everyReasonRestsOnWhatIsBelieved(@ForAll("worlds") World world, @ForAll long seed) {
        var some = new ArrayList<>(world.statements().subList(1, world.statements().size()));
        Collections.shuffle(some, new Random(seed));
        var known = new ArrayList<>(some.subList(0, some.size() / 2));
        known.add(world.statements().getFirst());
        known.add(Fabrics.revocation(1));
        var view = Fabrics.view(known);
        var believed = believed(view, world.nodes());
        for (int node = 0; node < world.nodes(); node++) {
            var plan = Fabrics.plan(node, view);
            assertThat(believed).containsAll(reasons(plan));
            assertThat(plan.peers().keySet()).isSubsetOf(view.grants().keySet());
        }
    }

    private static Set<String> believed(View view, int nodes) {
        var believed = new TreeSet<String>();
        believed.add(Objects.requireNonNull(view.settings()).record());
        view.grants().values().forEach(grant -> believed.add(grant.record()));
        view.communities().values().forEach(community -> believed.add(community.record()));
        for (int node = 0; node < nodes; node++) {
            var endpoint = view.endpoint(Fabrics.subject(node));
            var observation = view.observation(Fabrics.subject(node));
            if (endpoint != null) {
                believed.add(endpoint.record());
            }
            if (observation != null) {
                believed.add(observation.record());
            }
        }
        return believed;
    }

    private static Set<String> reasons(Plan plan) {
        var records = new TreeSet<String>();
        Stream.of(plan.ip(), plan.filter(), plan.cni(), plan.relay(), plan.direct())
                .flatMap(resources -> resources.values().stream())
                .forEach(planned -> records.addAll(planned.reason().records()));
        plan.peers().values().forEach(peer -> records.addAll(peer.reason().records()));
        return records;
    }

    private static boolean backbone(World world, int a, int b) {
        return names(world, a, b) && names(world, b, a);
    }

    private static boolean names(World world, int from, int to) {
        return world.statements().stream()
                .filter(each -> each.header().subject().equals(Fabrics.subject(from)))
                .map(Statement::payload)
                .filter(Payload.NodeGrant.class::isInstance)
                .anyMatch(grant ->
                        ((Payload.NodeGrant) grant).backbone().contains(Fabrics.subject(to)));
    }

    private static boolean together(World world, int a, int b) {
        return world.statements().stream()
                .map(Statement::payload)
                .filter(Payload.Community.class::isInstance)
                .map(payload -> ((Payload.Community) payload).members())
                .anyMatch(who ->
                        who.contains(Fabrics.subject(a)) && who.contains(Fabrics.subject(b)));
    }

    @Property(tries = TRIES)
    void whatFailsClosedIsAlwaysPlanned(@ForAll("worlds") World world, @ForAll long seed) {
        var some = new ArrayList<>(world.statements().subList(1, world.statements().size()));
        Collections.shuffle(some, new Random(seed));
        var known = new ArrayList<>(some.subList(0, some.size() / 2));
        known.add(world.statements().getFirst());
        var plan = Fabrics.plan(1, Fabrics.view(known));
        assertThat(plan.ip())
                .containsKeys("unreachable 10.244.0.0/16", "unreachable 100.71.0.0/16");
        assertThat(plan.filter()).containsKeys("cluster 10.244.0.0/16", "services 10.96.0.0/16");
    }

    @Property(tries = TRIES)
    void aRevokedNodeIsStrangerToAll(@ForAll("worlds") World world) {
        var statements = new ArrayList<>(world.statements());
        statements.add(Fabrics.revocation(1));
        var view = Fabrics.view(statements);
        Subject revoked = Fabrics.subject(1);
        for (int node = 0; node < world.nodes(); node++) {
            var plan = Fabrics.plan(node, view);
            assertThat(plan.peers()).doesNotContainKey(revoked);
            assertThat(plan.filter().keySet())
                    .noneMatch(key -> key.startsWith("pair") && key.contains(Fabrics.pods(1) + ""));
        }
        assertThat(Fabrics.plan(1, view).relay()).isEmpty();
        assertThat(Fabrics.plan(1, view).direct()).isEmpty();
    }

    @Property(tries = TRIES)
    void applyingTheDifferenceGivesThePlan(
            @ForAll("worlds") World from, @ForAll("worlds") World to) {
        var before = Fabrics.plan(1, Fabrics.view(from.statements())).direct();
        var after = Fabrics.plan(1, Fabrics.view(to.statements())).direct();
        var diff = Diff.between(new TreeSet<>(before.keySet()), after);
        var applied = new TreeSet<>(before.keySet());
        applied.removeAll(diff.remove());
        diff.add().forEach(planned -> applied.add(planned.resource().key()));
        assertThat(applied).isEqualTo(after.keySet());
        assertThat(Diff.between(new TreeSet<>(after.keySet()), after).isEmpty()).isTrue();
        assertThat(diff.size())
                .as("minimal")
                .isEqualTo(symmetricDifference(before.keySet(), after.keySet()));
    }

    private static int symmetricDifference(Set<String> a, Set<String> b) {
        var both = new TreeSet<>(a);
        both.retainAll(b);
        return a.size() + b.size() - 2 * both.size();
    }

    @Property(tries = TRIES)
    void everyDirectPathHasAReasonAndTheRelayBehindIt(@ForAll("worlds") World world) {
        var view = Fabrics.view(world.statements());
        for (int node = 1; node < world.nodes(); node++) {
            var peers = Fabrics.plan(node, view).peers().values();
            assertThat(peers).anyMatch(peer -> peer.kind() == Kind.CONNECTOR);
            assertThat(peers).allMatch(peer -> !peer.reason().records().isEmpty());
        }
    }
}
