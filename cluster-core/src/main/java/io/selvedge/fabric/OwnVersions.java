// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Version;
import java.util.function.Consumer;

/**
 * The versions that a record key gives, each once. They are reserved ahead of use, so a crash skips
 * some and repeats none: what is reserved has to rest on disk before a record goes out.
 */
final class OwnVersions {
    private static final int AHEAD = 64;

    private final Consumer<Version> reserve;
    private Version last;
    private Version reserved;

    /**
     * @param reserved all versions up to this one may have been given
     * @param reserve told what is to be reserved
     */
    OwnVersions(Version reserved, Consumer<Version> reserve) {
        this.last = reserved;
        this.reserved = reserved;
        this.reserve = reserve;
    }

    /** The next version, never given before. */
    Version next() {
        if (last.compareTo(reserved) >= 0) {
            reserveFrom(last);
        }
        last = last.next();
        return last;
    }

    /** Makes the next version lie above one that was seen elsewhere. */
    void raiseAbove(Version seen) {
        if (seen.compareTo(last) > 0) {
            reserveFrom(seen);
            last = seen;
        }
    }

    private void reserveFrom(Version from) {
        // Invariant: what is reserved is a version, also behind one that somebody drove to the end.
        reserved =
                from.sequence() < Long.MAX_VALUE - AHEAD
                        ? new Version(from.epoch(), from.sequence() + AHEAD)
                        : new Version(from.epoch() + 1, AHEAD);
        reserve.accept(reserved);
    }
}
