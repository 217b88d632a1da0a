// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.net;

/**
 * How bad a link is, for each datagram that takes it. Rates are of one.
 *
 * @param delayMillis what a datagram takes at least
 * @param jitterMillis and up to this much more
 * @param late how many take a second or more besides, and so arrive out of order
 * @param bytesPerSecond zero: no limit
 */
public record LinkFaults(
        double loss,
        int delayMillis,
        int jitterMillis,
        double duplicate,
        double late,
        double corrupt,
        int bytesPerSecond) {
    /** A link without faults. */
    public static final LinkFaults NONE = new LinkFaults(0, 5, 5, 0, 0, 0, 0);

    /** The same link, losing so much and doing nothing else wrong. */
    public LinkFaults onlyLosing(double rate) {
        return new LinkFaults(rate, delayMillis, jitterMillis, 0, 0, 0, 0);
    }
}
