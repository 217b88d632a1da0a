// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.node.driver.memory.MemoryDriver;
import io.selvedge.node.status.OperationLedger;
import io.selvedge.plan.Conflist;
import io.selvedge.plan.FilterResource;
import io.selvedge.plan.IpResource;
import io.selvedge.plan.Plan;
import io.selvedge.testing.SmallFabric;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The reconciler does the difference, in the order that fails closed (N9, P8). */
class ReconcilerTest {
    private final MemoryDriver<IpResource> ip = new MemoryDriver<>("ip");
    private final MemoryDriver<FilterResource> nft = new MemoryDriver<>("nft");
    private final MemoryDriver<Conflist> cni = new MemoryDriver<>("cni");
    private final OperationLedger ledger = new OperationLedger();
    private final Plan plan = new SmallFabric("127.0.81.0/24", 2).plan(1);
    private final Reconciler reconciler =
            new Reconciler(
                    List.of(
                            new Part<>(ip, Plan::ip),
                            new Part<>(nft, Plan::filter),
                            new Part<>(cni, Plan::cni)),
                    ledger,
                    InstantSource.fixed(Instant.EPOCH));

    @Test
    void bringsTheMachineToThePlanAndThenDoesNothing() throws IOException {
        reconciler.reconcile(plan, false);
        assertThat(ip.observe()).isEqualTo(plan.ip().keySet());
        assertThat(nft.observe()).isEqualTo(plan.filter().keySet());
        assertThat(cni.observe()).isEqualTo(plan.cni().keySet());
        int operations = ip.operations() + nft.operations() + cni.operations();
        var counted = ledger.entries();
        reconciler.reconcile(plan, true);
        assertThat(ip.operations() + nft.operations() + cni.operations()).isEqualTo(operations);
        assertThat(ledger.entries()).isEqualTo(counted);
    }

    @Test
    void noConflistBeforeRoutesAndFilterStand() throws IOException {
        nft.failNext(1);
        assertThatThrownBy(() -> reconciler.reconcile(plan, false)).isInstanceOf(IOException.class);
        assertThat(ip.observe()).isNotEmpty();
        assertThat(cni.observe()).isEmpty();
        reconciler.reconcile(plan, false);
        assertThat(nft.observe()).isEqualTo(plan.filter().keySet());
        assertThat(cni.observe()).isNotEmpty();
    }

    @Test
    void whatSomebodyTookAwayComesBackAsDrift() throws IOException {
        reconciler.reconcile(plan, false);
        ip.drift("unreachable 10.244.0.0/16");
        reconciler.reconcile(plan, true);
        assertThat(ip.observe()).contains("unreachable 10.244.0.0/16");
        assertThat(Objects.requireNonNull(ledger.entries().get("ip")).lastCause())
                .startsWith("drift: fail closed");
    }
}
