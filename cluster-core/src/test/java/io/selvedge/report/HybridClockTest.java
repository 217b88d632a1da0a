// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Hlc;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HybridClockTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Property(tries = 200)
    void runsOnWhateverTheWallClockDoes(
            @ForAll @Size(max = 40) List<@LongRange(min = -2, max = 20) Long> seconds) {
        var clock = new HybridClock(Hlc.ZERO);
        var moments = new ArrayList<Hlc>();
        for (long second : seconds) {
            moments.add(clock.next(Instant.ofEpochSecond(second)));
        }
        assertThat(moments).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void comesAfterWhatItHeard() {
        var ahead = new Hlc(NOON.plusSeconds(30).toEpochMilli(), 7);
        var clock = new HybridClock(Hlc.ZERO);
        clock.observe(ahead, NOON);
        assertThat(clock.next(NOON)).isEqualTo(new Hlc(ahead.millis(), 8));
    }

    @Test
    void isNotDraggedFarAheadByAnybodyButWhomItTrusts() {
        var far = new Hlc(NOON.plus(Duration.ofDays(1)).toEpochMilli(), 0);
        var clock = new HybridClock(Hlc.ZERO);
        clock.observe(far, NOON);
        assertThat(clock.next(NOON)).isEqualTo(new Hlc(NOON.toEpochMilli(), 0));
        clock.follow(far);
        assertThat(clock.next(NOON)).isGreaterThan(far);
    }

    @Test
    void aCountThatIsFullGoesOnInTheNextMillisecond() {
        var clock = new HybridClock(new Hlc(5, Integer.MAX_VALUE));
        assertThat(clock.next(Instant.EPOCH)).isEqualTo(new Hlc(6, 0));
    }
}
