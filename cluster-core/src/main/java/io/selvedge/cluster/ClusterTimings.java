// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;

/** How patient a cluster plane is: the part of {@code selvedge.cluster} that is not Akka's. */
public record ClusterTimings(
        Duration pollInterval,
        Duration backoffMin,
        Duration backoffMax,
        Duration rejoinAfter,
        int knownSeedsMax) {
    public ClusterTimings {
        if (pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException("selvedge.cluster.poll-interval must be positive");
        }
        if (backoffMin.isNegative() || backoffMin.compareTo(backoffMax) > 0) {
            throw new IllegalArgumentException(
                    "selvedge.cluster.restart-backoff: min must lie between 0 and max");
        }
    }

    public static ClusterTimings defaults() {
        return from(ConfigFactory.defaultReference());
    }

    public static ClusterTimings from(Config config) {
        var cluster = config.getConfig("selvedge.cluster");
        return new ClusterTimings(
                cluster.getDuration("poll-interval"),
                cluster.getDuration("restart-backoff.min"),
                cluster.getDuration("restart-backoff.max"),
                cluster.getDuration("rejoin-after"),
                cluster.getInt("known-seeds-max"));
    }
}
