// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * Three cloud nodes in processes of their own, under load, of which one after the other is killed,
 * cut off and frozen; and what must hold then. {@link
 * io.selvedge.actors.failover.AuthorityFailoverTest} is the way in.
 */
@NullMarked
package io.selvedge.actors.failover;

import org.jspecify.annotations.NullMarked;
