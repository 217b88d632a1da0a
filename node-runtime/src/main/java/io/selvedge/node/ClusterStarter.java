// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import io.selvedge.cluster.ClusterPlane;
import io.selvedge.cluster.ClusterSettings;
import io.selvedge.cluster.ClusterTimings;
import io.selvedge.cluster.TlsStores;
import io.selvedge.fabric.View;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.node.status.StatusBoard;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the cluster plane once the node has its fabric address, and tells it whom the records
 * name. Whatever becomes of it, the fabric plane goes on.
 */
final class ClusterStarter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterStarter.class);

    private final NodeSettings settings;
    private final Identity identity;
    private final StatusBoard board;
    private volatile @Nullable ClusterPlane plane;

    ClusterStarter(NodeSettings settings, Identity identity, StatusBoard board) {
        this.settings = settings;
        this.identity = identity;
        this.board = board;
    }

    /** The plane, or null before it has started. */
    @Nullable ClusterPlane plane() {
        return plane;
    }

    synchronized void update(View view) {
        var cloud = new ArrayList<IpAddress>();
        var known = new ArrayList<IpAddress>();
        view.grants()
                .values()
                .forEach(grant ->
                        (grant.says().isEdge() ? known : cloud).add(grant.says().fabricAddress()));
        var running = plane;
        if (running == null) {
            running = start(identity.grant());
            plane = running;
        }
        if (running != null) {
            running.update(cloud, known);
        }
    }

    private @Nullable ClusterPlane start(NodeGrant grant) {
        try {
            var stores = TlsStores.in(settings.enrolment());
            return ClusterPlane.start(
                    ClusterSettings.of(grant, settings.clusterPort(), stores),
                    ClusterTimings.defaults(),
                    () -> board.fabric().cloudHeard());
        } catch (IOException unreadable) {
            LOG.atError().setCause(unreadable).log("no cluster plane: enrol the node again");
            return null;
        }
    }

    /** Ends the cluster plane's actor system, which starts anew; false before it has started. */
    boolean restart() {
        var running = plane;
        if (running != null) {
            running.kill();
        }
        return running != null;
    }

    @Override
    public void close() {
        var running = plane;
        if (running != null) {
            running.close();
        }
    }
}
