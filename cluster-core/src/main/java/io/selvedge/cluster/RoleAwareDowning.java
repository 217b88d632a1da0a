// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import akka.actor.ActorSystem;
import akka.actor.Props;
import akka.cluster.DowningProvider;
import akka.cluster.sbr.SplitBrainResolverProvider;
import io.selvedge.model.Role;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/**
 * The downing provider of every node: Akka's split brain resolver on cloud nodes, nothing on edges,
 * which are never downed because they are cut off. One class for both, because Akka lets a node
 * join only if the class is the same.
 */
public final class RoleAwareDowning extends DowningProvider {
    private final @Nullable DowningProvider cloud;

    /** Called by Akka. */
    public RoleAwareDowning(ActorSystem system) {
        var roles = system.settings().config().getStringList("akka.cluster.roles");
        cloud =
                roles.contains(Role.CLOUD.toString())
                        ? new SplitBrainResolverProvider(system)
                        : null;
    }

    @Override
    public FiniteDuration downRemovalMargin() {
        return cloud == null ? FiniteDuration.Zero() : cloud.downRemovalMargin();
    }

    @Override
    public Option<Props> downingActorProps() {
        return cloud == null ? Option.empty() : cloud.downingActorProps();
    }
}
