// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import akka.actor.ActorSystem;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/**
 * What lives in a cluster plane's actor system beside membership: on cloud nodes the authority's
 * entities. Called by the plane's one thread, each time anew when the system starts again.
 */
public interface Tenant {
    /** Nobody: the actor system is a member of the cluster, and no more. */
    Tenant NONE =
            new Tenant() {
                @Override
                public Config settings() {
                    return ConfigFactory.empty();
                }

                @Override
                public void moveIn(ActorSystem system) {}
            };

    /** Laid over the plane's own settings. */
    Config settings();

    /** Starts what lives here; it ends with the system. If this throws, the system ends. */
    void moveIn(ActorSystem system);

    /**
     * Whether this node may form a cluster, should it be the one to do so and nobody answer. A node
     * that is cut off from a cluster must not form another beside it. May wait for seconds.
     */
    default boolean mayForm() {
        return true;
    }

    /** This one and another beside it, moved in after it. */
    default Tenant and(Tenant other) {
        var first = this;
        return new Tenant() {
            @Override
            public Config settings() {
                return other.settings().withFallback(first.settings());
            }

            @Override
            public void moveIn(ActorSystem system) {
                first.moveIn(system);
                other.moveIn(system);
            }

            @Override
            public boolean mayForm() {
                return first.mayForm() && other.mayForm();
            }
        };
    }
}
