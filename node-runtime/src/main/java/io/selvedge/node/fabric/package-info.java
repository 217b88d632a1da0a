// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The shell of the fabric plane: records in their file, gossip over datagrams, own records, and a
 * plan whenever what is believed changes. Nothing here waits for the cluster plane. {@link
 * io.selvedge.node.fabric.FabricActor} is the way in.
 */
@NullMarked
package io.selvedge.node.fabric;

import org.jspecify.annotations.NullMarked;
