// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.cni;

import io.selvedge.node.driver.Driver;
import io.selvedge.node.driver.memory.MemoryDriver;
import io.selvedge.plan.Conflist;

class MemoryCniTest extends CniContract {
    private final MemoryDriver<Conflist> memory = new MemoryDriver<>("cni");

    @Override
    protected Driver<Conflist> opened() {
        return memory;
    }

    @Override
    protected void drift(String key) {
        memory.drift(key);
    }
}
