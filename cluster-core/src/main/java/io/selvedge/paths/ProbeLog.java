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

    /** By address and witness: how often the witness had answered when the watch began. */
    private final Map<IpAddress, Map<IpAddress, Long>> watches = new HashMap<>();

    /** The last answer and how many there were. */
    private record Answers(long last, long count) {}

    public void answered(IpAddress address, long now) {
        answers.put(address, new Answers(now, count(address) + 1));
        watches.remove(address);
    }

    /** Starts a new count, as when the path to the address is another one. */
    void forget(IpAddress address) {
        answers.remove(address);
        watches.remove(address);
    }

    /** How often it answered since it was forgotten. */
    long count(IpAddress address) {
        var known = answers.get(address);
        return known == null ? 0 : known.count();
    }

    /** Whether {@code witness} answered several times since {@code address} last did. */
    boolean isSilent(IpAddress address, IpAddress witness, long now) {
        if (!answers(witness, now)) {
            return false;
        }
        long count = count(witness);
        long began =
                watches.computeIfAbsent(address, _ -> new HashMap<>())
                        .computeIfAbsent(witness, _ -> count);
        return count - began >= MISSES;
    }

    /** Whether it answered lately. */
    boolean answers(IpAddress address, long now) {
        var known = answers.get(address);
        return known != null && now - known.last() < FRESH_MILLIS;
    }
}
