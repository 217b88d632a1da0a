// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import akka.cluster.Cluster;
import akka.cluster.Member;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A member of the cluster as one node sees it.
 *
 * @param address {@code host:port} of its fabric address
 * @param status Akka's word: Joining, WeaklyUp, Up, Leaving, Exiting, Down
 */
public record ClusterMember(String address, String status, String dataCenter, boolean reachable) {

    static List<ClusterMember> seenBy(Cluster cluster) {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .map(member -> seenBy(cluster, member))
                .toList();
    }

    private static ClusterMember seenBy(Cluster cluster, Member member) {
        return new ClusterMember(
                member.address().getHost().orElse("") + ":" + member.address().getPort().orElse(0),
                member.status().toString(),
                member.dataCenter(),
                isReachable(cluster, member));
    }

    /**
     * Akka reports other data centers as a whole: one is unreachable as soon as one of its members
     * is. This node's own heartbeats, if it sends any there, tell the members apart.
     */
    private static boolean isReachable(Cluster cluster, Member member) {
        var state = cluster.state();
        if (member.dataCenter().equals(cluster.selfDataCenter())) {
            return !state.getUnreachable().contains(member);
        }
        var heartbeats = cluster.crossDcFailureDetector();
        return !state.getUnreachableDataCenters().contains(member.dataCenter())
                || (heartbeats.isMonitoring(member.address())
                        && heartbeats.isAvailable(member.address()));
    }
}
