// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import io.selvedge.model.IpAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whom a node asks for the cluster. Akka lets only the first of the list form a new one, after
 * nobody else answered.
 *
 * @param cloud the cloud nodes' fabric addresses
 * @param known fabric addresses of other nodes that may be members
 */
record Seeds(List<IpAddress> cloud, List<IpAddress> known) {
    Seeds {
        cloud = cloud.stream().distinct().sorted().toList();
        known = known.stream().distinct().sorted().toList();
    }

    /**
     * The order for one node. An edge asks cloud nodes alone and is never in the list, so it never
     * forms a cluster. The lowest cloud node is first in its own list and forms one if it must and
     * may; it asks edges too, which hold the old cluster while a lone cloud node restarts.
     */
    List<IpAddress> orderFor(IpAddress self, boolean isCloud, boolean mayForm, int knownMax) {
        var others = cloud.stream().filter(address -> !address.equals(self));
        if (!isCloud) {
            return others.toList();
        }
        boolean lowest = cloud.stream().allMatch(address -> self.compareTo(address) <= 0);
        var asked =
                known.stream()
                        .filter(address -> !address.equals(self) && !cloud.contains(address))
                        .limit(knownMax);
        var head = lowest && mayForm ? Stream.of(self) : Stream.<IpAddress>empty();
        return Stream.of(head, others, asked).flatMap(part -> part).toList();
    }
}
