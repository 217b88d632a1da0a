// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.cluster.ClusterCommand.Allocate;
import io.selvedge.actors.cluster.ClusterCommand.Intend;
import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.intent.CheapSigner;
import io.selvedge.actors.node.Allocation;
import io.selvedge.actors.node.Claim;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.Intent.PodPool;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClusterEntityTest {
    private static final int MANY = 10_000;
    private static final Mandate MANDATE = new Mandate(1, 1);

    private final ClusterEntity entity =
            new ClusterEntity(new CheapSigner(Wishes.keys(99, 0).recordKey()));
    private ClusterState state = entity.empty();

    @Test
    void poolsGiveOneBlockOfEachFamilyAndNoneTwice() {
        decide(intend(3, "10.244.0.0/23", "fd00:244::/62"));

        assertThat(given(0).podCidrs()).isEqualTo(Wishes.cidrs("10.244.0.0/24", "fd00:244::/64"));
        assertThat(given(1).podCidrs())
                .isEqualTo(Wishes.cidrs("10.244.1.0/24", "fd00:244:0:1::/64"));
        assertThat(given(0).podCidrs()).isEqualTo(Wishes.cidrs("10.244.0.0/24", "fd00:244::/64"));
        assertThat(refused(2, claim(2))).contains("the pools are used up");
    }

    @Test
    void aPodCidrOfAnotherIsRefusedAndFreeWhenItsNodeIsGone() {
        decide(intend(2));
        var wanted = Wishes.cidrs("10.244.7.0/24");
        decide(allocate(0, claim(0, wanted)));

        assertThat(refused(1, claim(1, Wishes.cidrs("10.244.0.0/16"))))
                .contains("overlaps 10.244.7.0/24 of node n0");

        decide(intend(2, 1));
        assertThat(allocated(1, claim(1, wanted)).podCidrs()).isEqualTo(wanted);
    }

    @Test
    void aKeyIsOneNodesForEver() {
        decide(intend(2));
        decide(allocate(0, claim(0)));
        var stolen = new Claim("n1", 1, true, new TreeSet<>(), keys(0));

        assertThat(refused(1, stolen)).contains("a key of another node");
    }

    @Test
    void anIntentThatWasReadTooEarlyIsRefused() {
        decide(intend(2));
        var late = intend(1);

        var decision = decide(late);

        assertThat(decision.events()).isEmpty();
        assertThat(decision.problems()).singleElement().asString().contains("read it again");
    }

    /** What ten thousand nodes cost; bounds far above what was measured. */
    @Test
    void tenThousandNodesAreGivenTheirsInSeconds() {
        long start = System.nanoTime();
        decide(intend(MANY, "10.0.0.0/8", "fd00:244::/48"));
        for (int node = 0; node < MANY; node++) {
            decide(allocate(node, claim(node)));
        }
        var took = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf("%d nodes admitted and given theirs in %s%n", MANY, took);
        assertThat(took).isLessThan(Duration.ofSeconds(60));
    }

    private Allocation given(int node) {
        return allocated(node, claim(node));
    }

    private Allocation allocated(int node, Claim claim) {
        var answer = (NodeCommand.Grant) answer(node, claim);
        assertThat(answer.claim()).isEqualTo(claim);
        return answer.allocation();
    }

    private String refused(int node, Claim claim) {
        return ((NodeCommand.Refuse) answer(node, claim)).problem();
    }

    private Object answer(int node, Claim claim) {
        return decide(allocate(node, claim)).tells().getFirst().command();
    }

    private Decision<ClusterEvent> decide(ClusterCommand command) {
        var decision = entity.decide(state, command);
        for (var event : decision.events()) {
            state = entity.evolve(state, event);
        }
        return decision;
    }

    private static Allocate allocate(int node, Claim claim) {
        return new Allocate("uid-" + node, MANDATE, claim);
    }

    private static Claim claim(int node) {
        return claim(node, new TreeSet<>());
    }

    private static Claim claim(int node, SortedSet<Cidr> pods) {
        return new Claim("n" + node, 1, true, pods, keys(node));
    }

    private static NodeKeys keys(int node) {
        var pair = Wishes.keys(node, node >> 8);
        return new NodeKeys(pair.recordKey(), pair.ikeKey());
    }

    private static Intend intend(int nodes, String... pools) {
        return intend(0, nodes, 0, pools);
    }

    /** The same nodes but those before one. */
    private static Intend intend(int nodes, int from) {
        return intend(1, nodes, from);
    }

    private static Intend intend(long basis, int nodes, int from, String... pools) {
        var uids = new TreeMap<String, String>();
        for (int node = from; node < nodes; node++) {
            uids.put("n" + node, "uid-" + node);
        }
        var podPools = new TreeSet<PodPool>();
        for (var pool : pools) {
            var cidr = Cidr.parse(pool);
            podPools.add(new PodPool(cidr, cidr.isV6() ? 64 : 24));
        }
        return new Intend(
                "digest " + uids.keySet(),
                basis,
                new FabricIntent(
                        "beijing",
                        Wishes.cidrs("10.0.0.0/8"),
                        Wishes.cidrs("192.168.0.0/16"),
                        new TreeMap<>(),
                        podPools),
                uids,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                Bytes.ofHex("5a".repeat(32)));
    }
}
