// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.net;

import java.util.PriorityQueue;

/**
 * Virtual time: events in the order of their time, and of their making where times are equal. All
 * that happens in a world happens in its one thread, one event after another.
 */
public final class Timeline {
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long now;
    private long made;

    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Milliseconds since the world began. */
    public long now() {
        return now;
    }

    /** Events so far. */
    public long happened() {
        return made - queue.size();
    }

    public void at(long millis, Runnable what) {
        queue.add(new Event(Math.max(millis, now), made++, what));
    }

    public void after(long millis, Runnable what) {
        at(now + millis, what);
    }

    /** Lets the next event happen, if it does not lie beyond {@code limit}; false when none did. */
    public boolean step(long limit) {
        var next = queue.peek();
        if (next == null || next.at() > limit) {
            now = Math.max(now, limit);
            return false;
        }
        queue.remove();
        now = next.at();
        next.what().run();
        return true;
    }
}
