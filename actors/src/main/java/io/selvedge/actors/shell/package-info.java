// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The shell around the pure entities: their actors, the ways to them, and what feeds them. {@link
 * io.selvedge.actors.shell.EntityShell} hosts one, {@link io.selvedge.actors.shell.ShardedEntities}
 * all of a fabric on cloud nodes, {@link io.selvedge.actors.shell.LocalEntities} in one process
 * that is alone; {@link io.selvedge.actors.shell.Feed} says what is wanted to either.
 */
@NullMarked
package io.selvedge.actors.shell;

import org.jspecify.annotations.NullMarked;
