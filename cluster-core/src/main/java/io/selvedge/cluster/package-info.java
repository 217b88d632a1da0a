// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The cluster plane: the actor system {@code selvedge}, which joins one multi-data-center Akka
 * cluster over TLS on fabric addresses. It may end and start at any time; nothing between a record
 * and the kernel may wait for it. {@link io.selvedge.cluster.ClusterPlane} is the way in.
 */
@NullMarked
package io.selvedge.cluster;

import org.jspecify.annotations.NullMarked;
