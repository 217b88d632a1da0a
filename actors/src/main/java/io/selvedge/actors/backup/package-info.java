// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * A backup of the authority's journal as a file: JSON lines that people can read, in the order in
 * which all happened, whole by their checksum. Knows no database: {@link
 * io.selvedge.actors.persistence.JournalRows} reads and writes those.
 */
@NullMarked
package io.selvedge.actors.backup;

import org.jspecify.annotations.NullMarked;
