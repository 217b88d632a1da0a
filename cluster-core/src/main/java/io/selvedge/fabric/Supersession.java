// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * What to do when records of the own key turn up that this life of the node did not write: go above
 * them, for an earlier life may have. Somebody who goes above again and again is alive: after
 * {@value #TIMES} times with back-off the node falls silent, and says so. Time is counted in ticks,
 * which no jump of a clock disturbs.
 */
final class Supersession {
    static final int TIMES = 3;

    /** So long nothing foreign was seen, and the count starts over. */
    static final int CALM_TICKS = 1_200;

    private @Nullable Version seen;
    private int done;
    private long tick;
    private long due;
    private long calmAt;

    /** What a tick leads to. */
    sealed interface Step {}

    record Wait() implements Step {}

    record GoAbove(Version seen) implements Step {}

    record FallSilent(Version seen) implements Step {}

    void seen(Version version) {
        if (seen == null) {
            due = tick + (2L << done);
        }
        if (seen == null || version.compareTo(seen) > 0) {
            seen = version;
        }
        calmAt = tick + CALM_TICKS;
    }

    /** Whether another node writes with this key. */
    boolean isSilent() {
        return done > TIMES;
    }

    Step tick() {
        tick++;
        if (tick >= calmAt && seen == null && !isSilent()) {
            done = 0;
        }
        var above = seen;
        if (above == null || tick < due) {
            return new Wait();
        }
        seen = null;
        if (done < TIMES) {
            done++;
            return new GoAbove(above);
        }
        boolean news = !isSilent();
        done = TIMES + 1;
        return news ? new FallSilent(above) : new Wait();
    }
}
