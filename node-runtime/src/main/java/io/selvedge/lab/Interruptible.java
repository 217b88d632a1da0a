// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A stretch of work that Ctrl-C ends early but not at once: the thread at work is interrupted, and
 * the JVM waits until it has tidied up and closed this.
 */
public final class Interruptible implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 40;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    /** Begins on the calling thread, which must be the one that works. */
    public Interruptible() {
        var worker = Thread.currentThread();
        hook =
                new Thread(
                        () -> {
                            System.err.println("interrupted: cleaning up");
                            worker.interrupt();
                            try {
                                if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                                    System.err.println(
                                            "not all is cleaned up; run 'selvedge lab down'");
                                }
                            } catch (InterruptedException again) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "on-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // it runs already, and has just been told
        }
    }
}
