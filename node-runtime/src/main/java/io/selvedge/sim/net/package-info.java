// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * What a simulated world is made of below the fabric: virtual time, links, NATs and LANs. Nothing
 * here knows what datagrams carry.
 */
@NullMarked
package io.selvedge.sim.net;

import org.jspecify.annotations.NullMarked;
