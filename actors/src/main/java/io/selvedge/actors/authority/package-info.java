// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The authority: who decides uids, fabric addresses and grants, and publishes them as records.
 * {@link io.selvedge.actors.authority.Authority} is the pure core, {@link
 * io.selvedge.actors.authority.AuthorityActor} the shell that owns it. The core knows no Akka, no
 * clock, no I/O; random numbers are an argument.
 */
@NullMarked
package io.selvedge.actors.authority;

import org.jspecify.annotations.NullMarked;
