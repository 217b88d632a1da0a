// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An {@link IntentSource} that says what it is told, in the caller's thread. */
public final class MemoryIntent implements IntentSource {
    private @Nullable Consumer<IntentReading> listener;
    private IntentReading current = new IntentReading.Unreadable("nothing was said yet");
    private boolean closed;

    @Override
    public synchronized void start(Consumer<IntentReading> listener) {
        if (this.listener != null) {
            throw new IllegalStateException("an intent source starts once");
        }
        this.listener = listener;
        listener.accept(current);
    }

    public synchronized void say(IntentReading reading) {
        if (!reading.equals(current)) {
            current = reading;
            if (listener != null && !closed) {
                listener.accept(reading);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
