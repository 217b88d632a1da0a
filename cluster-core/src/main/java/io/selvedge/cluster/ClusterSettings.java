// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Role;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What makes one node's cluster plane differ from another's.
 *
 * @param dataCenter {@value #CLOUD} on cloud nodes, else the node's site
 */
public record ClusterSettings(
        IpAddress fabricAddress,
        int port,
        String dataCenter,
        SortedSet<Role> roles,
        TlsStores stores) {
    /** The data center of all cloud nodes; no site may bear the name. */
    public static final String CLOUD = "cloud";

    public ClusterSettings {
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        if (dataCenter.isBlank()) {
            throw new IllegalArgumentException("a node of the cluster needs a data center");
        }
        if (dataCenter.equals(CLOUD) != roles.contains(Role.CLOUD)) {
            throw new IllegalArgumentException(
                    "the data center '%s' is for nodes of role cloud alone; name the site otherwise"
                            .formatted(CLOUD));
        }
    }

    /** As a node's grant says. A connector is a cloud node; every other node is in its site. */
    public static ClusterSettings of(NodeGrant grant, int port, TlsStores stores) {
        var roles = new TreeSet<>(grant.roles());
        if (grant.isConnector()) {
            roles.add(Role.CLOUD);
        }
        var dataCenter = roles.contains(Role.CLOUD) ? CLOUD : grant.site();
        return new ClusterSettings(grant.fabricAddress(), port, dataCenter, roles, stores);
    }

    public boolean isCloud() {
        return roles.contains(Role.CLOUD);
    }
}
