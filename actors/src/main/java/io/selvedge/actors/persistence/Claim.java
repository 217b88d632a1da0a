// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A cloud node's claim to hold the authority with others: one node does it alone, or at least three
 * share PostgreSQL. Of two, neither could outvote the other, so any cut would end both.
 *
 * @param fabric the name of the fabric
 * @param node this node's name
 * @param cloudNodes the names of all nodes that hold the authority, as settings or records say
 */
public record Claim(String fabric, String node, SortedSet<String> cloudNodes) {
    public Claim {
        cloudNodes = Collections.unmodifiableSortedSet(new TreeSet<>(cloudNodes));
        if (!cloudNodes.contains(node)) {
            throw new IllegalArgumentException(node + " is not among " + cloudNodes);
        }
    }

    public boolean isAlone() {
        return cloudNodes.size() == 1;
    }

    /** Says why not, if this many may not share such a journal. */
    public void check(JournalSettings journal) throws JournalException {
        if (!isAlone() && journal instanceof JournalSettings.H2) {
            throw new JournalException(
                    ("%s is %s, a file for one cloud node, but there are %d (%s): three or more need"
                                    + " one PostgreSQL database, postgresql://host:port/database?user=name")
                            .formatted(
                                    JournalSettings.FIELD,
                                    journal,
                                    cloudNodes.size(),
                                    String.join(", ", cloudNodes)));
        }
        if (cloudNodes.size() == 2) {
            throw new JournalException(
                    "two cloud nodes (%s) cannot hold the authority: cut from each other, neither has"
                                    .formatted(String.join(", ", cloudNodes))
                            + " a majority, so it fails more often than with one; declare one, or at"
                            + " least three");
        }
    }
}
