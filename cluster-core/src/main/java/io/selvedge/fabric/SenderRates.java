// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Subject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each sender of datagrams may cost before any signature is checked, so that only who floods
 * is cut off, and nobody else with it. Owned by one thread.
 */
public final class SenderRates {
    /** What a datagram counts at least, in bytes: a small one costs a signature too. */
    private static final int DATAGRAM_BYTES_MIN = 256;

    private static final int SENDERS_MAX = 16_384;

    private final long perSecond;
    private final long burst;
    private final LinkedHashMap<Subject, TokenBucket> senders =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Subject, TokenBucket> eldest) {
                    return size() > SENDERS_MAX;
                }
            };

    /** In bytes, for each sender. */
    public SenderRates(long perSecond, long burst) {
        this.perSecond = Math.max(1, perSecond);
        this.burst = burst;
    }

    /** Twice what a neighbour that keeps to its own budget sends. */
    static SenderRates of(GossipSettings settings) {
        return new SenderRates(
                2_000L * settings.budgetBytes() / settings.tick().toMillis(),
                4L * settings.budgetBytes());
    }

    /** Whether a datagram of so many bytes may be looked at; if so, it counts. */
    public boolean take(Subject from, int bytes, Instant now) {
        var allowance = senders.computeIfAbsent(from, _ -> new TokenBucket(perSecond, burst, now));
        if (allowance.isEmpty(now)) {
            return false;
        }
        allowance.take(Math.max(DATAGRAM_BYTES_MIN, bytes));
        return true;
    }
}
