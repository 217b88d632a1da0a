// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The entity Community: who may talk to whom. {@link io.selvedge.actors.community.CommunityEntity}
 * is the way in. Knows no Akka, clock, I/O or randomness.
 */
@NullMarked
package io.selvedge.actors.community;

import org.jspecify.annotations.NullMarked;
