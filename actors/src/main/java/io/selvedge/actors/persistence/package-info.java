// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The authority's journal: an H2 file or a PostgreSQL database, its schema, and who may use it.
 * Only cloud nodes load these classes. {@link io.selvedge.actors.persistence.Journal} is the way
 * in.
 */
@NullMarked
package io.selvedge.actors.persistence;

import org.jspecify.annotations.NullMarked;
