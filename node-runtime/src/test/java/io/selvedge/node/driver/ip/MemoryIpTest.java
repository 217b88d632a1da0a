// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.node.driver.Driver;
import io.selvedge.node.driver.memory.MemoryDriver;
import io.selvedge.plan.IpResource;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryIpTest extends IpContract {
    private final MemoryDriver<IpResource> memory = new MemoryDriver<>("ip");

    @Override
    protected Driver<IpResource> opened() {
        return memory;
    }

    @Override
    protected void drift(String key) {
        memory.drift(key);
    }

    @Test
    void aFailureAskedForLeavesHalfAndTheNextTryRepairs() throws IOException {
        memory.failNext(1);
        assertThatThrownBy(() -> reconcile(first())).isInstanceOf(IOException.class);
        assertThat(memory.observe()).hasSize(first().size() / 2);
        reconcile(first());
        assertStanding(first());
        assertThat(memory.operations()).isEqualTo(first().size());
    }
}
