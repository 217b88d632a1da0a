// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.node.driver.Driver;
import io.selvedge.node.driver.memory.MemoryDriver;
import io.selvedge.plan.FilterResource;

class MemoryNftTest extends NftContract {
    private final MemoryDriver<FilterResource> memory = new MemoryDriver<>("nft");

    @Override
    protected Driver<FilterResource> opened() {
        return memory;
    }

    @Override
    protected void drift(String key) {
        memory.drift(key);
    }
}
