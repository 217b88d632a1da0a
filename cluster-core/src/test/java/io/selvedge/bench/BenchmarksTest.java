// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.RecordSet.Merged;
import io.selvedge.wire.MalformedRecord;
import org.junit.jupiter.api.Test;

/** Each benchmark does what its name says, so that its figure is of that. */
class BenchmarksTest {
    @Test
    void merge() {
        var merge = new MergeBenchmark();
        for (int i = 0; i < 3_000; i++) {
            assertThat(merge.ofANewVersion()).isEqualTo(Merged.ACCEPTED);
        }
        assertThat(new MergeBenchmark().ofOneThatIsHeld()).isEqualTo(Merged.ALREADY_KNOWN);
        assertThat(new MergeBenchmark().ofOneThatIsOutdated()).isEqualTo(Merged.SUPERSEDED);
    }

    @Test
    void digest() {
        var digest = new DigestBenchmark();
        assertThat(digest.ofAScopeAfterAChange()).isNotEqualTo(digest.ofAScopeAfterAChange());
    }

    @Test
    void conversation() {
        var two = new Conversation(new LargeFabric(1_000, 100));
        assertThat(two.agree()).isTrue();
        for (int i = 0; i < 2_000; i++) {
            assertThat(two.ask()).isPositive();
            assertThat(two.changeAndAsk()).isPositive();
        }
        two.ask();
        assertThat(two.agree()).isTrue();
    }

    @Test
    void verify() throws MalformedRecord {
        var verify = new VerifyBenchmark();
        assertThat(verify.ed25519()).isTrue();
        assertThat(verify.parse().size()).isGreaterThan(64);
    }

    @Test
    void view() {
        var view = new ViewBenchmark();
        view.hold();
        var full = view.full();
        assertThat(view.afterAnEndpointMoved()).isNotEqualTo(full);
        assertThat(view.afterAGrantChanged()).isNotEqualTo(full);
    }

    @Test
    void plan() {
        var plan = new PlanBenchmark();
        plan.hold();
        assertThat(plan.full().peers()).hasSize(100);
        var moved = plan.afterAnEndpointMoved();
        assertThat(moved).isEqualTo(plan.full());
        assertThat(plan.afterAGrantChanged()).isEqualTo(plan.full()).isNotEqualTo(moved);
    }
}
