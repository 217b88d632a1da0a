// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * How events, states and commands of entities are written down: JSON that people can read. {@link
 * io.selvedge.actors.journal.JournalModule} is the way in.
 */
@NullMarked
package io.selvedge.actors.journal;

import org.jspecify.annotations.NullMarked;
