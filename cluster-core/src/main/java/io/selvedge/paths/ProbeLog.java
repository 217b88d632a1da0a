// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.model.IpAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Which fabric addresses answered probes, and when. All addresses are probed at one rate, so a peer
 * is silent when others answered several times since it last did: a machine that stalls for a while
 * makes nobody silent. Times are milliseconds of a clock that never jumps.
 */
public final class ProbeLog {
    /** How often the witness must have answered since the silent one did. */
    static final int MISSES = 4;

    /** How long an answer proves that a path works. */
    static final long FRESH_MILLIS = 900;

    private final Map<IpAddress, Answers> answers = new HashMap<>();

    /** The last answer and how many there were. */
    private record Answers(long last, long count) {}

    /** Since when an address is watched, as counted by a witness. */
    private record Watch(long count) {}

    private final Map<IpAddress, Map<IpAddress, Watch>> watches = new HashMap<>();

    public void answered(IpAddress address, long now) {
        var known = answers.get(address);
        answers.put(address, new Answers(now, known == null ? 1 : known.count() + 1));
        watches.remove(address);
    }

    /** Starts a new count, as after the path to the address has changed. */
    public void forget(IpAddress address) {
        answers.remove(address);
        watches.remove(address);
    }

    /** Whether {@code witness} answered several times since {@code address} last did. */
    public boolean isSilent(IpAddress address, IpAddress witness, long now) {
        if (!answers(witness, now)) {
            return false;
        }
        var seen = answers.get(witness);
        long count = seen == null ? 0 : seen.count();
        var watch =
                watches.computeIfAbsent(address, _ -> new HashMap<>())
                        .computeIfAbsent(witness, _ -> new Watch(count));
        return count - watch.count() >= MISSES;
    }

    /** Whether it answered lately. */
    public boolean answers(IpAddress address, long now) {
        var known = answers.get(address);
        return known != null && now - known.last() < FRESH_MILLIS;
    }
}
