// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import java.time.Duration;

/**
 * The bounds of gossip.
 *
 * @param tick the time between two ticks
 * @param budgetBytes what one neighbour is sent a tick, at most, up to one datagram more
 * @param totalBytes what all neighbours together are sent a tick, likewise
 * @param waitingMax the slots that wait to be pushed to one neighbour; more is left to digests
 * @param announcedMax the scopes that one neighbour may announce
 * @param heldBytesMax the records held in all; at this size slots not held yet are refused
 * @param fanOut the neighbours that a new record is pushed to by a node that does not keep all
 * @param pushPerSite the neighbours of each site that it is pushed to by one that does
 * @param refusedMax the refused records that are remembered
 */
public record GossipSettings(
        Duration tick,
        int budgetBytes,
        int totalBytes,
        int waitingMax,
        int announcedMax,
        long heldBytesMax,
        int fanOut,
        int pushPerSite,
        int refusedMax) {
    public static final GossipSettings DEFAULT =
            new GossipSettings(
                    Duration.ofMillis(500),
                    64 * 1024,
                    1 << 20,
                    4_096,
                    4_096,
                    256L << 20,
                    4,
                    2,
                    1_024);

    public GossipSettings {
        if (tick.isNegative()
                || tick.isZero()
                || Math.min(budgetBytes, totalBytes) <= 0
                || Math.min(waitingMax, announcedMax) <= 0
                || heldBytesMax <= 0
                || Math.min(fanOut, pushPerSite) <= 0
                || refusedMax <= 0) {
            throw new IllegalArgumentException("a bound of gossip is not above zero");
        }
    }

    /** With other budgets for one neighbour and for all. */
    public GossipSettings withBudgets(int neighbour, int total) {
        return new GossipSettings(
                tick,
                neighbour,
                total,
                waitingMax,
                announcedMax,
                heldBytesMax,
                fanOut,
                pushPerSite,
                refusedMax);
    }
}
