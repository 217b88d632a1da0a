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
    private boolean lying;

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

    /** Whether it said that it did what it did not, and nobody has looked since. */
    public boolean isLying() {
        return lying;
    }

    /** The machine is asked for something. */
    public void answering() throws IOException {
        if (silences > 0) {
            silences--;
            throw new IOException("the machine does not answer; asked for");
        }
    }

    /** As {@link #answering}, and the machine shows what it holds. */
    public void observing() throws IOException {
        answering();
        lying = false;
    }

    /** How many of so many operations will be done. */
    public int doable(int operations) {
        lying = false;
        half = failures > 0 || lies > 0;
        return half ? operations / 2 : operations;
    }

    /** A process may end before each operation. */
    public void step() {
        fuse.step();
    }

    /** Ends what {@link #doable} began. */
    public void done(int operations) throws IOException {
        if (!half || operations == 0) {
            return;
        }
        half = false;
        if (failures > 0) {
            failures--;
            throw new IOException("the machine failed half-way; asked for");
        }
        lies--;
        lying = true;
    }
}
