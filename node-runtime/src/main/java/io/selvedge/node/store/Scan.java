// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The good frames of a file, those behind a broken part too.
 *
 * @param end where the last of them ends
 * @param broken the bytes before that end which belong to none of them
 */
record Scan(List<Found> good, int end, int broken) {
    static final Scan NOTHING = new Scan(List.of(), 0, 0);

    Scan {
        good = List.copyOf(good);
    }

    record Found(Frame frame, Place place) {}

    /** What makes a frame a good one. */
    @FunctionalInterface
    interface Proof {
        boolean holds(Found found, byte[] content);
    }

    static Scan of(StoreFile file, byte[] content, Proof proof) {
        var good = new ArrayList<Found>();
        int end = 0;
        int broken = 0;
        for (int at = 0; at < content.length; ) {
            var frame = Frame.at(content, at);
            var found = frame == null ? null : new Found(frame, new Place(file, at, frame.size()));
            if (found == null || !proof.holds(found, content)) {
                at++;
                continue;
            }
            good.add(found);
            broken += at - end;
            at += found.frame().size();
            end = at;
        }
        return new Scan(good, end, broken);
    }
}
