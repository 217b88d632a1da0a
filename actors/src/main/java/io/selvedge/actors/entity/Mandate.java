// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.entity;

/**
 * In whose name something is wanted.
 *
 * @param epoch of the authority: what is published has versions of it
 * @param revision of the intent; a command of an earlier one than was heard before comes too late
 */
public record Mandate(long epoch, long revision) {
    public static final Mandate NONE = new Mandate(0, 0);

    public boolean isBefore(Mandate other) {
        return epoch < other.epoch || (epoch == other.epoch && revision < other.revision);
    }
}
