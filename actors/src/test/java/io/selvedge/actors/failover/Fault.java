// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.failover;

import io.selvedge.actors.failover.CloudMain.Order;
import java.io.IOException;

/** What befalls a node, and how it passes. */
enum Fault {
    /** Its process is gone, and comes back when the others have taken over. */
    KILLED {
        @Override
        void begin(CloudProcess node) {
            node.kill();
        }

        @Override
        void end(CloudProcess node) throws IOException {
            node.restart();
        }
    },
    /** Its process is gone, and comes back at once, as under a supervisor. */
    RESTARTED {
        @Override
        void begin(CloudProcess node) throws IOException {
            node.kill();
            node.restart();
        }

        @Override
        void end(CloudProcess node) {}
    },
    /** Its cluster plane reaches nobody; the journal, and its clients, still reach it. */
    CUT {
        @Override
        void begin(CloudProcess node) throws IOException {
            node.tell(Order.CUT);
        }

        @Override
        void end(CloudProcess node) throws IOException {
            node.tell(Order.HEAL);
        }
    },
    /** It stands still, amid whatever it does, and goes on as if nothing had been. */
    FROZEN {
        @Override
        void begin(CloudProcess node) throws IOException {
            node.freeze();
        }

        @Override
        void end(CloudProcess node) throws IOException {
            node.thaw();
        }
    };

    abstract void begin(CloudProcess node) throws IOException;

    abstract void end(CloudProcess node) throws IOException;
}
