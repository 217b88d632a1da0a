// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.Gossip.Nearness;
import io.selvedge.model.Bytes;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipMessage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Neighbours that do not answer are asked ever more rarely. */
class BackOffTest {
    private static final Nearness NEAR = new Nearness("s1", false);
    private static final Bytes ANY = Bytes.of(new byte[16]);

    private final Lone node =
            new Lone(Subscriptions.of(List.of(Lone.FABRIC)), GossipSettings.DEFAULT, 1);

    @Test
    void theSilentAreAskedRarelyAndTheLivingMoreOften() {
        node.meet(1, NEAR);
        node.meet(2, NEAR);

        var counts = askedIn(200, Lone.peer(1));

        assertThat(counts.get(Lone.peer(2))).isBetween(6, 14);
        assertThat(counts.get(Lone.peer(1))).isGreaterThan(180);
    }

    @Test
    void whenAllAreSilentSomeoneIsStillAskedEverySecond() {
        node.meet(1, NEAR);
        node.meet(2, NEAR);

        assertThat(askedIn(100, null).values().stream().mapToInt(each -> each).sum())
                .isGreaterThanOrEqualTo(50);
    }

    @Test
    void oneWordOfItAndItIsAskedAsBefore() {
        node.meet(1, NEAR);
        node.meet(2, NEAR);
        askedIn(100, Lone.peer(1));
        assertThat(node.gossip.heardFrom(Lone.peer(2))).isNull();

        node.hear(Lone.peer(2), new GossipMessage.Agreed(ANY));

        assertThat(node.gossip.heardFrom(Lone.peer(2))).isEqualTo(Instant.ofEpochSecond(50));
        assertThat(askedIn(6, Lone.peer(1)).getOrDefault(Lone.peer(2), 0)).isPositive();
    }

    @Test
    void whoComesIntoReachAgainIsAskedAtOnce() {
        node.meet(1, NEAR);
        node.meet(2, NEAR);
        askedIn(100, Lone.peer(1));

        node.on(new Gossip.Neighbours("s0", new TreeMap<>(Map.of(Lone.peer(1), NEAR))));

        assertThat(Lone.asked(node.meet(2, NEAR))).containsExactly(Lone.peer(2));
    }

    private Map<Subject, Integer> askedIn(int ticks, @Nullable Subject alive) {
        var counts = new HashMap<Subject, Integer>();
        for (int i = 0; i < ticks; i++) {
            for (var asked : Lone.asked(node.tick())) {
                counts.merge(asked, 1, Integer::sum);
                if (asked.equals(alive)) {
                    node.hear(asked, new GossipMessage.Agreed(ANY));
                }
            }
        }
        return counts;
    }
}
