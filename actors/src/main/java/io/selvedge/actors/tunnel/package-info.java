// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The entity Tunnel: the life of a pair of nodes' tunnel, as its two ends report it. {@link
 * io.selvedge.actors.tunnel.TunnelEntity} is the way in. Knows no Akka, clock, I/O or randomness.
 */
@NullMarked
package io.selvedge.actors.tunnel;

import org.jspecify.annotations.NullMarked;
