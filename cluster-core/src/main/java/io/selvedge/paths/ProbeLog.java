// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.model.IpAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * What probes of fabric addresses have shown. An address is silent when the last few probes in a
 * row, and nothing at all for a while, were answered: one late answer is not a dead path. Times are
 * milliseconds of a clock that never jumps.
 */
public final class ProbeLog {
    /** Probes in a row without an answer. */
    static final int MISSES = 4;

    /** How long without any answer, at least. */
    static final long SILENCE_MILLIS = 900;

    private final Map<IpAddress, Record> records = new HashMap<>();

    private record Record(long lastAnswer, int misses) {}

    public void answered(IpAddress address, long now) {
        records.put(address, new Record(now, 0));
    }

    public void missed(IpAddress address, long now) {
        var known = records.get(address);
        records.put(
                address,
                known == null
                        ? new Record(now, 1)
                        : new Record(known.lastAnswer(), known.misses() + 1));
    }

    /** Starts a new count, as after the path to the address has changed. */
    public void forget(IpAddress address) {
        records.remove(address);
    }

    public boolean isSilent(IpAddress address, long now) {
        var known = records.get(address);
        return known != null
                && known.misses() >= MISSES
                && now - known.lastAnswer() >= SILENCE_MILLIS;
    }

    /** Whether the last probe was answered, and that lately. */
    public boolean answers(IpAddress address, long now) {
        var known = records.get(address);
        return known != null && known.misses() == 0 && now - known.lastAnswer() < SILENCE_MILLIS;
    }
}
