// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ForkProperties {
    /** Found where it is looked for, if the moment lies in the interval, and else nowhere. */
    @Property
    void anIntervalIsFoundAtItsMomentsAndNoOthers(
            @ForAll @LongRange(min = 1, max = Fork.LATEST - 1) long begins,
            @ForAll @LongRange(min = 1, max = 100_000) long length,
            @ForAll @LongRange(min = -100_000, max = 200_000) long offset) {
        long ends = Math.min(begins + length, Fork.LATEST);
        long moment = Math.clamp(begins + offset, 1, Fork.LATEST);
        long fork = Fork.of(begins, ends);
        assertThat(fork).isBetween(begins, ends - 1);
        boolean isFound =
                (Fork.before(moment).contains(fork) && ends > moment)
                        || (Fork.from(moment).contains(fork) && begins <= moment);
        assertThat(isFound).isEqualTo(begins <= moment && moment < ends);
    }
}
