// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import io.selvedge.jvici.Packet.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to events, read by a virtual thread of its own. When the connection is lost it
 * tries again, with back-off, and registers anew; what happened meanwhile is not told.
 */
public final class ViciEvents implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ViciEvents.class.getName());
    private static final Duration BACKOFF_MIN = Duration.ofMillis(50);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(2);

    private final Path socket;
    private final List<String> events;
    private final Listener listener;
    private volatile boolean closed;
    private volatile @Nullable Wire wire;

    /** Called by the subscription's thread, one call at a time; should not block for long. */
    public interface Listener {
        void event(String name, Message message);

        /** Registered with the daemon, first or again: events before this moment may be lost. */
        default void connected() {}
    }

    private ViciEvents(Path socket, List<String> events, Listener listener) {
        this.socket = socket;
        this.events = List.copyOf(events);
        this.listener = listener;
    }

    static ViciEvents start(Path socket, List<String> events, Listener listener) {
        var subscription = new ViciEvents(socket, events, listener);
        Thread.ofVirtual().name("vici-events").start(subscription::run);
        return subscription;
    }

    private void run() {
        var backoff = BACKOFF_MIN;
        while (!closed) {
            try (var fresh = Wire.connect(socket)) {
                wire = fresh;
                register(fresh);
                backoff = BACKOFF_MIN;
                tell(listener::connected);
                while (!closed) {
                    var packet = fresh.read();
                    if (packet.kind() == Kind.EVENT) {
                        tell(() -> listener.event(packet.name(), packet.message()));
                    }
                }
            } catch (IOException gone) {
                LOG.log(System.Logger.Level.DEBUG, "VICI events: " + gone.getMessage());
            }
            // The pause between two tries at a daemon that is away; close() wakes nobody, it ends.
            if (!closed) {
                LockSupport.parkNanos(backoff.toNanos());
            }
            backoff = backoff.multipliedBy(2);
            backoff = backoff.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : backoff;
        }
    }

    private void register(Wire fresh) throws IOException {
        for (String event : events) {
            fresh.write(Packet.of(Kind.EVENT_REGISTER, event));
            var packet = fresh.read();
            while (packet.kind() == Kind.EVENT) {
                var early = packet;
                tell(() -> listener.event(early.name(), early.message()));
                packet = fresh.read();
            }
            if (packet.kind() != Kind.EVENT_CONFIRM) {
                throw new ViciRefusal(event, "the IKE daemon knows no such event");
            }
        }
    }

    /** A listener's bug must not end the subscription. */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "a VICI listener failed", bug);
        }
    }

    @Override
    public void close() {
        closed = true;
        var open = wire;
        if (open != null) {
            open.close();
        }
    }
}
