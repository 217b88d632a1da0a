// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.memory;

import io.selvedge.model.IpAddress;
import io.selvedge.node.driver.IpsecBackend;
import io.selvedge.node.driver.IpsecBackendContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

class MemoryIpsecTest extends IpsecBackendContract {
    private final MemoryIkeNetwork network =
            new MemoryIkeNetwork(InstantSource.fixed(Instant.EPOCH));
    private final IpsecBackend left = leftReopened();
    private final IpsecBackend right =
            new MemoryIpsec(network.daemon("right"), List.of(RIGHT_KEY.publicKey()));

    @Override
    protected IpsecBackend left() {
        return left;
    }

    @Override
    protected IpsecBackend right() {
        return right;
    }

    @Override
    protected final IpsecBackend leftReopened() {
        return new MemoryIpsec(network.daemon("left"), List.of(LEFT_KEY.publicKey()));
    }

    @Override
    protected void loadForeignConnection(String name) {
        network.daemon("left").loadForeign(name);
    }

    @Override
    protected List<String> foreignConnections() {
        return network.daemon("left").foreignConnections();
    }

    @Override
    protected void killLeftDaemon() {
        network.daemon("left").restart();
    }

    @Override
    protected void cut() {
        network.cut("left", "right");
    }

    @Override
    protected void heal() {
        network.heal();
    }

    @Override
    protected IpAddress rightAddress() {
        return IpAddress.parse("10.9.0.2");
    }
}
