// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.util.function.Consumer;

/**
 * A place that intent comes from: a folder of manifests, later the Kubernetes API.
 *
 * <p>Once started, a source tells its listener what it reads first, and then each reading that
 * differs from the one before; calls never overlap, and none begins after {@link #close} returned.
 * The listener keeps the last good intent: a source never repeats it, and never invents a deletion
 * when it cannot read.
 */
public interface IntentSource extends AutoCloseable {
    /** Begins; at most once. */
    void start(Consumer<IntentReading> listener);

    @Override
    void close();
}
