// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.plan.IpsecResource.Connection;

/** What the path logic wants done to the IKE daemon, and why. */
public sealed interface PathAction {
    String cause();

    /** The name of the connection that it is about. */
    String connectionName();

    /** What is done, in a word. */
    String verb();

    record Initiate(Connection connection, String cause) implements PathAction {
        @Override
        public String connectionName() {
            return connection.name();
        }

        @Override
        public String verb() {
            return "initiate";
        }
    }

    /** End an association at once, without waiting for the peer. */
    record Terminate(long association, String connectionName, String cause) implements PathAction {
        @Override
        public String verb() {
            return "terminate";
        }
    }
}
