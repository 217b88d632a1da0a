// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.wire.GossipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalendarTest {
    private final Calendar calendar = new Calendar();

    @Test
    void everythingHappensInItsMillisecondAndInOrder() {
        var random = new Random(1);
        var due = new ArrayList<List<Integer>>();
        int entered = 0;
        int happened = 0;
        for (int now = 0; now < 10_000; now++) {
            for (int i = 0; now < 7_000 && i < 3; i++) {
                int at = now + 1 + random.nextInt(Calendar.SPAN - 1);
                while (due.size() <= at) {
                    due.add(new ArrayList<>());
                }
                due.get(at).add(entered);
                calendar.tick(at, entered++);
            }
            var bucket = calendar.next();
            var nodes = new ArrayList<Integer>();
            for (int index = 0; index < bucket.count(); index++) {
                nodes.add(bucket.to(index));
            }
            happened += nodes.size();
            var expected = now + 1 < due.size() ? due.get(now + 1) : List.<Integer>of();
            assertThat(nodes).isEqualTo(expected);
        }
        assertThat(happened).isEqualTo(entered).isEqualTo(21_000);
    }

    @Test
    void anArrivalIsToldFromATick() {
        var message = new GossipMessage.Push(List.of());
        calendar.arrival(1, 4, 5, 67, message);
        calendar.tick(1, 6);
        var bucket = calendar.next();
        assertThat(bucket.message(0)).isSameAs(message);
        assertThat(List.of(bucket.from(0), bucket.to(0), bucket.size(0))).containsExactly(4, 5, 67);
        assertThat(bucket.message(1)).isNull();
        assertThat(bucket.to(1)).isEqualTo(6);
    }

    @Test
    void neitherThePastNorTheFarFutureIsTaken() {
        calendar.next();
        assertThatThrownBy(() -> calendar.tick(1, 0)).hasMessage("at 1 ms, now is 1 ms");
        assertThatThrownBy(() -> calendar.tick(1 + Calendar.SPAN, 0)).hasMessageContaining("at");
        calendar.tick(Calendar.SPAN, 0);
    }
}
