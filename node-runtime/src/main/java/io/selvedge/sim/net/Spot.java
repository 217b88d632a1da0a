// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.net;

import io.selvedge.model.IpAddress;

/** An address and a UDP port. */
public record Spot(IpAddress address, int port) {
    @Override
    public String toString() {
        return address + ":" + port;
    }
}
