// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

class MemoryNetworkTest extends TransportContract {
    private final MemoryNetwork network = new MemoryNetwork(_ -> false);

    @Override
    Transport.Opener opener() {
        return network;
    }
}
