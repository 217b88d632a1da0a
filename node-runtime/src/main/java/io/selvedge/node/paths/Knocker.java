// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.paths;

import io.selvedge.paths.Knock;

/**
 * Asks IKE daemons, outside of any tunnel, whether they are there, and tells each answer. Who does
 * not answer is simply not heard of; whoever answers proves nothing but that packets come and go.
 */
public interface Knocker extends AutoCloseable {
    /** Asks once, and returns at once. */
    void knock(Knock door);

    @Override
    void close();
}
