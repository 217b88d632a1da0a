// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.plan.PeerPlan.Kind;

/** What the path logic wants done to an IKE daemon, and why. */
public sealed interface PathAction {
    /** Which tunnels' daemon it is for. */
    Kind daemon();

    /** The name of the connection that it is about. */
    String connectionName();

    String cause();

    record Initiate(Kind daemon, Connection connection, String cause) implements PathAction {
        @Override
        public String connectionName() {
            return connection.name();
        }
    }

    /** End an association at once, without waiting for the peer. */
    record Terminate(Kind daemon, long association, String connectionName, String cause)
            implements PathAction {}
}
