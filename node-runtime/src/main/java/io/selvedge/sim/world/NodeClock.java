// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.sim.net.Timeline;
import java.time.Instant;
import java.time.InstantSource;

/** The clocks of one machine: a wall clock that jumps and drifts, and one that only drifts. */
public final class NodeClock implements InstantSource {
    private static final long BEGINNING = 1_767_225_600_000L;

    private final Timeline timeline;
    private long base;
    private long read;
    private long offset;
    private int perMille;

    NodeClock(Timeline timeline) {
        this.timeline = timeline;
    }

    void jump(long millis) {
        offset += millis;
    }

    void drift(int wanted) {
        base = steadyMillis();
        read = timeline.now();
        perMille = wanted;
    }

    /** Milliseconds that never jump. */
    public long steadyMillis() {
        long passed = timeline.now() - read;
        return base + passed + passed * perMille / 1_000;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(BEGINNING + offset + steadyMillis());
    }
}
