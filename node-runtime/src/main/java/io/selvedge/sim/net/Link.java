// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.net;

import java.util.SplittableRandom;

/** One direction between two nodes, with random numbers of its own. */
final class Link {
    /** A datagram that would wait longer than this in a queue is lost. */
    private static final long QUEUE_MILLIS = 500;

    private final SplittableRandom random;
    private long freeAt;
    int cuts;

    Link(long seed, int from, int to) {
        this.random = new SplittableRandom(seed * 31 + from * 1_009L + to);
    }

    boolean loses(LinkFaults faults) {
        return faults.loss() > 0 && random.nextDouble() < faults.loss();
    }

    boolean duplicates(LinkFaults faults) {
        return faults.duplicate() > 0 && random.nextDouble() < faults.duplicate();
    }

    boolean corrupts(LinkFaults faults) {
        return faults.corrupt() > 0 && random.nextDouble() < faults.corrupt();
    }

    /** How long a datagram takes; negative when the queue is full. */
    long transit(LinkFaults faults, int bytes, long now) {
        long delay = faults.delayMillis();
        if (faults.jitterMillis() > 0) {
            delay += random.nextInt(faults.jitterMillis());
        }
        if (faults.late() > 0 && random.nextDouble() < faults.late()) {
            delay += 1_000 + random.nextInt(4_000);
        }
        if (faults.bytesPerSecond() > 0) {
            long starts = Math.max(now, freeAt);
            if (starts - now > QUEUE_MILLIS) {
                return -1;
            }
            freeAt = starts + bytes * 1_000L / faults.bytesPerSecond();
            delay += freeAt - now;
        }
        return delay;
    }
}
