// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scenario;

/**
 * A site.
 *
 * @param natTimeoutMillis how long its NAT remembers; zero: it has none
 * @param strict whether its NAT lets in only whom a node of it has spoken to
 */
public record Place(long natTimeoutMillis, boolean strict) {
    public boolean hasNat() {
        return natTimeoutMillis > 0;
    }
}
