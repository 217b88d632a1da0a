// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.actor.ExtendedActorSystem;
import akka.remote.RemoteActorRefProvider;
import akka.remote.testkit.Blackhole$;
import akka.remote.testkit.Direction;
import akka.remote.testkit.SetThrottle;
import akka.remote.testkit.ThrottleMode;
import akka.remote.testkit.Unthrottled$;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.cluster.ClusterMember;
import io.selvedge.cluster.ClusterPlane;
import io.selvedge.cluster.ClusterSettings;
import io.selvedge.cluster.ClusterTimings;
import io.selvedge.cluster.Tenant;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Role;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cloud node with the settings and the sharding that ship, whose wires can be cut. */
public final class CloudNode {
    public final Journal journal;
    public final Sharding sharding;
    public final ClusterPlane plane;
    private final Place place;
    private volatile @Nullable ActorSystem system;
    private volatile boolean isCut;

    /** Starts it. */
    public CloudNode(Place place, Journal journal, Sharding sharding) {
        this.place = place;
        this.journal = journal;
        this.sharding = sharding;
        var settings =
                new ClusterSettings(
                        place.address(),
                        place.port(),
                        ClusterSettings.CLOUD,
                        new TreeSet<>(List.of(Role.CLOUD)),
                        place.stores());
        this.plane =
                ClusterPlane.start(settings, ClusterTimings.defaults(), () -> true, new Watched());
        plane.update(place.all(), List.of());
    }

    public ActorSystem system() {
        var current = system;
        if (current == null) {
            throw new IllegalStateException(place.address() + " has not started");
        }
        return current;
    }

    /** The addresses of those who are Up and answer, as this node sees it. */
    public SortedSet<String> up() {
        return plane.members().stream()
                .filter(member -> member.status().equals("Up") && member.reachable())
                .map(ClusterMember::address)
                .map(address -> address.substring(0, address.lastIndexOf(':')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Cuts this node's cluster plane off from all others, both ways, also when it starts anew. */
    public void cut() {
        isCut = true;
        place.all().forEach(other -> throttle(other, Blackhole$.MODULE$));
    }

    public void heal() {
        isCut = false;
        place.all().forEach(other -> throttle(other, Unthrottled$.MODULE$));
    }

    private void throttle(IpAddress other, ThrottleMode mode) {
        var peer = new Address("akka", ClusterPlane.SYSTEM, other.toString(), place.port());
        if (system() instanceof ExtendedActorSystem extended
                && extended.provider() instanceof RemoteActorRefProvider remote
                && !other.equals(place.address())) {
            var command = new SetThrottle(peer, Direction.Both$.MODULE$, mode);
            var _ = remote.transport().managementCommand(command);
        }
    }

    /** The sharding that ships, in a system whose wires can be cut. */
    private final class Watched implements Tenant {
        @Override
        public Config settings() {
            return ConfigFactory.parseString("akka.remote.artery.advanced.test-mode = on")
                    .withFallback(sharding.settings());
        }

        @Override
        public void moveIn(ActorSystem started) {
            system = started;
            if (isCut) {
                cut();
            }
            sharding.moveIn(started);
        }

        @Override
        public boolean mayForm() {
            return sharding.mayForm();
        }
    }
}
