// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.ike;

import io.selvedge.model.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A packet of the overlay.
 *
 * @param bytes its length
 * @param content null when only its way is of interest
 */
public record Packet(
        IpAddress source, IpAddress destination, Kind kind, int bytes, @Nullable Object content) {

    /** What the routes and filters see of it. */
    public enum Kind {
        /** Between pods. */
        POD,
        /** Gossip, between fabric addresses. */
        CONTROL,
        /** An ICMP echo to a fabric address, and its answer. */
        ECHO,
        /** An echo that may only take the direct tunnel. */
        DIRECT_ECHO
    }
}
