// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import java.time.Duration;

/**
 * The bounds of an outbox.
 *
 * @param bytesMax of what is kept, on the heap and, about, on disk
 * @param datagram what a batch aims to stay below, in bytes, without its envelope
 * @param window batches on their way at once
 * @param resendMin the wait for an acknowledgement, first, and doubling up to
 * @param resendMax when none comes
 */
public record OutboxSettings(
        long bytesMax, int datagram, int window, Duration resendMin, Duration resendMax) {
    public static final OutboxSettings DEFAULT =
            new OutboxSettings(1 << 20, 1_090, 16, Duration.ofMillis(500), Duration.ofSeconds(15));

    public OutboxSettings withBytes(long bytesMax) {
        return new OutboxSettings(bytesMax, datagram, window, resendMin, resendMax);
    }
}
