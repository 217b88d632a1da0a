// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.machine;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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
    private boolean seen;
    private @Nullable BooleanSupplier truth;

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

    /** Whether it said that it did what it did not, and that is not made up for yet. */
    public boolean isLying() {
        var isTrue = truth;
        if (isTrue != null && isTrue.getAsBoolean()) {
            truth = null;
        }
        return truth != null;
    }

    /** Whether that has not been seen yet, by whoever observes what the machine holds. */
    public boolean isUndetected() {
        return isLying() && !seen;
    }

    /** All that the machine holds is observed. */
    public void observing() throws IOException {
        answering();
        seen = true;
    }

    /** The machine is asked for something. */
    public void answering() throws IOException {
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

    /**
     * Ends what {@link #doable} began.
     *
     * @param isDone whether the machine holds what it was to hold
     */
    public void done(int operations, BooleanSupplier isDone) throws IOException {
        if (!half || operations == 0) {
            truth = null;
            return;
        }
        half = false;
        if (failures > 0) {
            failures--;
            throw new IOException("the machine failed half-way; asked for");
        }
        lies--;
        truth = isDone;
        seen = false;
    }
}
