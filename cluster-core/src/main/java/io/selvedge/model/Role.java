// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

/** What a node is in the fabric. A connector is a cloud node too. */
public enum Role {
    CLOUD,
    CONNECTOR,
    EDGE;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
