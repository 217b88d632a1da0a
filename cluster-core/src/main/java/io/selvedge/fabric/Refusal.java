// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

/** Why something that arrived was not taken in. */
public enum Refusal {
    /** It cannot be read. */
    MALFORMED,
    /** Its signature does not hold. */
    BAD_SIGNATURE,
    /** No node that is believed has the address it came from. */
    NOT_A_NODE,
    /** It is not signed with the key that its sender's grant names. */
    WRONG_KEY,
    /** Its sender cannot be reached from here yet. */
    NOT_A_NEIGHBOUR,
    /** It is of a scope that this node does not keep. */
    NOT_KEPT_HERE,
    /** Its writer or what it is about is known to be gone for good. */
    DEAD,
    /** There is no room for it, of its writer or at all. */
    FULL,
    /** Too many came before it, of its writer or of its sender. */
    RATE,
    /** More waited already than this node can look at. */
    OVERRUN
}
