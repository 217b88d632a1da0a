// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The entity Cluster, one for a fabric: its settings, who is in it, and what must be given to one
 * node only: names, uids, fabric addresses, pod CIDRs and keys. {@link
 * io.selvedge.actors.cluster.ClusterEntity} is the way in. Knows no Akka, clock, I/O or randomness.
 */
@NullMarked
package io.selvedge.actors.cluster;

import org.jspecify.annotations.NullMarked;
