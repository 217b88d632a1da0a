// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.machine;

import java.io.IOException;

/**
 * What goes wrong with one driver: it fails half-way, or says that it did all and did half, or does
 * not answer at all. Asked for beforehand, by number of calls.
 */
public final class Faults {
    private final Fuse fuse;
    private int failures;
    private int lies;
    private int silences;
    private boolean half;

    public Faults(Fuse fuse) {
        this.fuse = fuse;
    }

    public void failNext(int times) {
        failures = times;
    }

    public void lieNext(int times) {
        lies = times;
    }

    /** The next looks at the machine fail. */
    public void blindNext(int times) {
        silences = times;
    }

    public void cease() {
        failures = 0;
        lies = 0;
        silences = 0;
    }

    /** Whether it could still do wrong without being asked for more. */
    public boolean isFaulty() {
        return failures > 0 || lies > 0 || silences > 0;
    }

    public void observing() throws IOException {
        if (silences > 0) {
            silences--;
            throw new IOException("the machine does not answer; asked for");
        }
    }

    /** How many of so many operations will be done. */
    public int doable(int operations) {
        half = failures > 0 || lies > 0;
        return half ? operations / 2 : operations;
    }

    /** A process may end before each operation. */
    public void step() {
        fuse.step();
    }

    /** Ends what {@link #doable} began; true when it lied. */
    public boolean done(int operations) throws IOException {
        if (!half || operations == 0) {
            return false;
        }
        half = false;
        if (failures > 0) {
            failures--;
            throw new IOException("the machine failed half-way; asked for");
        }
        lies--;
        return true;
    }
}
