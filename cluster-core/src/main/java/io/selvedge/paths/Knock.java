// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.model.IpAddress;
import java.util.Comparator;

/**
 * Where a peer's IKE daemon is asked whether it is there, outside of any tunnel: an underlay
 * address and a UDP port (RFC 3948). An answer proves nothing but that packets come and go.
 */
public record Knock(IpAddress address, int port) implements Comparable<Knock> {
    private static final Comparator<Knock> ORDER =
            Comparator.comparing(Knock::address).thenComparingInt(Knock::port);

    static Knock at(Association association) {
        return new Knock(association.remoteAddress(), association.remotePort());
    }

    @Override
    public int compareTo(Knock other) {
        return ORDER.compare(this, other);
    }
}
