// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

/** What may happen to a tunnel, as one of its ends sees it. */
public enum TunnelChange {
    PLANNED,
    ESTABLISHED,
    RELAYED,
    LOST,
    MOVED,
    REKEYED,
    REFUSED,
    REMOVED
}
