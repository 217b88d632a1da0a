// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import java.time.Duration;

/**
 * The bounds of gossip.
 *
 * @param tick the time between two ticks
 * @param budgetBytes what one neighbour is sent a tick, at most, up to one datagram more
 * @param waitingMax the slots that wait to be pushed to one neighbour; more is left to digests
 * @param announcedMax the scopes that one neighbour may announce
 * @param heldBytesMax the records held in all; at this size slots not held yet are refused
 */
public record GossipSettings(
        Duration tick, int budgetBytes, int waitingMax, int announcedMax, long heldBytesMax) {
    public static final GossipSettings DEFAULT =
            new GossipSettings(Duration.ofSeconds(1), 128 * 1024, 4_096, 4_096, 64L << 20);

    public GossipSettings {
        if (tick.isNegative()
                || tick.isZero()
                || budgetBytes <= 0
                || waitingMax <= 0
                || announcedMax <= 0
                || heldBytesMax <= 0) {
            throw new IllegalArgumentException("a bound of gossip is not above zero");
        }
    }
}
