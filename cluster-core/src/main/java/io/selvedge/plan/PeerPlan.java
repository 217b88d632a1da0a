// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.model.IpAddress;
import io.selvedge.model.Subject;
import io.selvedge.plan.IpsecResource.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a node means to reach one peer.
 *
 * @param address the peer's fabric address, which probes ask
 * @param via the path that {@code connection} makes when it stands
 * @param routes what makes the direct path carry; empty where there is but one path
 * @param connection null when only the relay is left
 */
public record PeerPlan(
        Subject peer,
        String name,
        Kind kind,
        IpAddress address,
        Via via,
        @Nullable Connection connection,
        List<IpResource.PathRoute> routes,
        Reason reason) {
    public PeerPlan {
        routes = List.copyOf(routes);
    }

    /** What binds the two nodes. */
    public enum Kind {
        /** The tunnel between a node and a connector: always there, and the relay. */
        CONNECTOR,
        /** Members of one Community: by relay at once, direct when it stands. */
        COMMUNITY,
        /** For the control plane alone, between sites that may share no Community. */
        BACKBONE;

        /** Which tunnels' daemon keeps it. */
        public Daemon daemon() {
            return this == CONNECTOR ? Daemon.RELAY : Daemon.DIRECT;
        }
    }

    /** The IKE daemons of a node. */
    public enum Daemon {
        /** Of the tunnels between nodes and connectors. */
        RELAY,
        /** Of the tunnels that spare the relay, and carry once probes were answered. */
        DIRECT
    }

    /** Which daemon keeps the tunnel to this peer. */
    public Daemon daemon() {
        return kind.daemon();
    }

    /** How packets go. */
    public enum Via {
        LAN,
        DIRECT,
        RELAY
    }
}
