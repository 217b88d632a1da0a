// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import java.time.Instant;

/** An allowance that grows with time up to a burst. May be overdrawn by what is taken last. */
final class TokenBucket {
    private static final long MILLIS = 1_000;

    private final long perSecond;
    private final long burst;
    private long milliTokens;
    private long filled;

    TokenBucket(long perSecond, long burst, Instant now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.milliTokens = burst * MILLIS;
        this.filled = now.toEpochMilli();
    }

    /** A clock that jumps back gives nothing, and one that jumps ahead no more than a burst. */
    boolean isEmpty(Instant now) {
        long elapsed = Math.max(0, now.toEpochMilli() - filled);
        long full = burst * MILLIS;
        long grown = elapsed > full / perSecond ? full : milliTokens + elapsed * perSecond;
        milliTokens = Math.min(full, grown);
        filled = now.toEpochMilli();
        return milliTokens <= 0;
    }

    void take(long tokens) {
        milliTokens -= tokens * MILLIS;
    }
}
