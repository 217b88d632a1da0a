// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.Supersession.FallSilent;
import io.selvedge.fabric.Supersession.GoAbove;
import io.selvedge.fabric.Supersession.Step;
import io.selvedge.fabric.Supersession.Wait;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupersessionTest {
    private static final Version SEEN = new Version(1, 40);

    private final Supersession supersession = new Supersession();

    @Test
    void goesOnceAboveTheHighestThatWasSeen() {
        supersession.seen(SEEN);
        supersession.seen(new Version(1, 7));
        supersession.seen(new Version(1, 90));
        assertThat(steps(20)).containsExactly(new GoAbove(new Version(1, 90)));
    }

    @Test
    void aLivingTwinSilencesAfterThreeTimes() {
        var steps = new ArrayList<Step>();
        for (int i = 0; i < 100; i++) {
            supersession.seen(SEEN);
            steps.addAll(steps(1));
        }
        var above = new GoAbove(SEEN);
        assertThat(steps).containsExactly(above, above, above, new FallSilent(SEEN));
        assertThat(supersession.isSilent()).isTrue();
    }

    @Test
    void eachTimeItWaitsLonger() {
        var pauses = new ArrayList<Integer>();
        for (int round = 0; round < 3; round++) {
            supersession.seen(SEEN);
            int ticks = 1;
            while (supersession.tick() instanceof Wait) {
                ticks++;
            }
            pauses.add(ticks);
        }
        assertThat(pauses).containsExactly(2, 4, 8);
    }

    @Test
    void afterACalmTimeTheCountStartsOver() {
        for (int life = 0; life < 10; life++) {
            supersession.seen(SEEN);
            assertThat(steps(Supersession.CALM_TICKS + 1)).containsExactly(new GoAbove(SEEN));
        }
    }

    private List<Step> steps(int ticks) {
        var steps = new ArrayList<Step>();
        for (int i = 0; i < ticks; i++) {
            var step = supersession.tick();
            if (!(step instanceof Wait)) {
                steps.add(step);
            }
        }
        return steps;
    }
}
