// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.plan.IpsecResource.Connection;

/** What the path logic wants done to the IKE daemon, and why. */
public sealed interface PathAction {
    String cause();

    record Initiate(Connection connection, String cause) implements PathAction {}

    /** End an association at once, without waiting for the peer. */
    record Terminate(long association, String connection, String cause) implements PathAction {}
}
