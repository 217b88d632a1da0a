// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import io.selvedge.model.Hlc;
import java.time.Duration;
import java.time.Instant;

/**
 * A hybrid logical clock (Kulkarni et al., 2014): follows the wall clock, never runs back, and
 * comes later than whatever it has heard of. Owned by one thread.
 */
public final class HybridClock {
    /** How far ahead of the own clock others may be, and still be followed. */
    public static final Duration AHEAD_MAX = Duration.ofMinutes(1);

    private Hlc last;

    /** Goes on behind a moment of an earlier life. */
    public HybridClock(Hlc last) {
        this.last = last;
    }

    public Hlc last() {
        return last;
    }

    /** A moment later than all before. */
    public Hlc next(Instant now) {
        long millis = Math.max(0, now.toEpochMilli());
        if (millis > last.millis()) {
            last = new Hlc(millis, 0);
        } else if (last.count() < Integer.MAX_VALUE) {
            last = new Hlc(last.millis(), last.count() + 1);
        } else {
            last = new Hlc(last.millis() + 1, 0);
        }
        return last;
    }

    /** Comes after what one heard of whom this node trusts with its time. */
    public void follow(Hlc heard) {
        last = last.max(heard);
    }

    /** Likewise of anybody; whose clock is far ahead is not followed, or one could drag all. */
    public void observe(Hlc heard, Instant now) {
        if (heard.millis() <= now.plus(AHEAD_MAX).toEpochMilli()) {
            follow(heard);
        }
    }
}
