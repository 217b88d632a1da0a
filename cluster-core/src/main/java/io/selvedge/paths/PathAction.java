// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.plan.PeerPlan.Daemon;

/** What the path logic wants done to an IKE daemon, and why. */
public sealed interface PathAction {
    /** Which tunnels' daemon it is for. */
    Daemon daemon();

    /** The name of the connection that it is about. */
    String connectionName();

    String cause();

    record Initiate(Daemon daemon, Connection connection, String cause) implements PathAction {
        @Override
        public String connectionName() {
            return connection.name();
        }
    }

    /** End an association at once, without waiting for the peer. */
    record Terminate(Daemon daemon, long association, String connectionName, String cause)
            implements PathAction {}
}
