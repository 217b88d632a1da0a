// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import akka.actor.ActorSystem;
import akka.cluster.Cluster;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of the actor system {@code selvedge}, and what can be seen from it. Thread-safe. */
record Running(ActorSystem system, Cluster cluster, long sinceNanos) {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    boolean isMember() {
        return !cluster.selfMember().status().equals(MemberStatus.removed());
    }

    boolean reachesCloudMember() {
        return ClusterMember.seenBy(cluster).stream()
                .anyMatch(member ->
                        member.dataCenter().equals(ClusterSettings.CLOUD) && member.reachable());
    }

    /** Whether this is the first member of its data center and not Up yet. */
    boolean waitsToBeUp() {
        return isMember()
                && members()
                        .filter(member -> member.dataCenter().equals(cluster.selfDataCenter()))
                        .noneMatch(member -> member.status().equals(MemberStatus.up()));
    }

    /**
     * Downs the members of other data centers that have not seen the present state. Akka lets the
     * first member of a data center be Up only once every member has seen it, so one edge that is
     * off would hold up a lone cloud node that restarted. An edge that still lives joins afresh.
     */
    void downWhoHoldsItUp() {
        var seenBy = cluster.state().getSeenBy();
        members()
                .filter(member -> !member.dataCenter().equals(cluster.selfDataCenter()))
                .filter(member -> !member.status().equals(MemberStatus.down()))
                .filter(member -> !seenBy.contains(member.address()))
                .forEach(member -> {
                    LOG.info("downing {}: it keeps the cloud from being Up", member);
                    cluster.down(member.address());
                });
    }

    private Stream<Member> members() {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false);
    }
}
