// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.backup;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows that are read once, in the order in which they have to be written. */
@FunctionalInterface
public interface Rows {
    /** The next row; null when there was none after the last one. */
    @Nullable Row next() throws IOException;
}
