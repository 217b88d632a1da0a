// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import io.selvedge.jvici.Packet.Kind;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Commands to one daemon, over a connection that is opened by the first and kept. Safe for many
 * threads, which take turns: the protocol answers one command at a time. After any failure of the
 * connection the next call opens a new one; a command is sent twice only when the daemon can't have
 * seen the first.
 */
public final class ViciClient implements AutoCloseable {
    private final Path socket;
    private final Duration timeout;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Wire wire;

    /**
     * @param timeout of each answer, and of each packet of a streamed one
     */
    public ViciClient(Path socket, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
    }

    public Message call(String command) throws IOException {
        return call(command, Message.EMPTY);
    }

    /**
     * The answer to this command.
     *
     * @throws ViciRefusal when it says {@code success = no}, or the command is unknown
     */
    public Message call(String command, Message request) throws IOException {
        turn.lock();
        try {
            send(new Packet(Kind.COMMAND, command, request));
            return response(command, expectNoEvents(command));
        } finally {
            turn.unlock();
        }
    }

    /** The events that this command streams before its answer, in order. */
    public List<Message> stream(String command, String event, Message request) throws IOException {
        turn.lock();
        try {
            send(Packet.of(Kind.EVENT_REGISTER, event));
            confirm(event);
            send(new Packet(Kind.COMMAND, command, request));
            var streamed = new ArrayList<Message>();
            var packet = receive(command);
            while (packet.kind() == Kind.EVENT) {
                streamed.add(packet.message());
                packet = receive(command);
            }
            send(Packet.of(Kind.EVENT_UNREGISTER, event));
            confirm(event);
            response(command, packet);
            return streamed;
        } finally {
            turn.unlock();
        }
    }

    /**
     * Listens on a connection of its own, until closed, whatever becomes of the daemon meanwhile.
     */
    public ViciEvents listen(List<String> events, ViciEvents.Listener listener) {
        return ViciEvents.start(socket, events, listener);
    }

    private void confirm(String event) throws IOException {
        var packet = receive(event);
        if (packet.kind() == Kind.EVENT_UNKNOWN) {
            throw new ViciRefusal(event, "the IKE daemon knows no such event");
        }
        if (packet.kind() != Kind.EVENT_CONFIRM) {
            throw unexpected(event, packet);
        }
    }

    private Message response(String command, Packet packet) throws IOException {
        return switch (packet.kind()) {
            case RESPONSE -> {
                if ("no".equals(packet.message().text("success"))) {
                    throw new ViciRefusal(
                            command, packet.message().text("errmsg", "refused without a reason"));
                }
                yield packet.message();
            }
            case COMMAND_UNKNOWN ->
                    throw new ViciRefusal(command, "the IKE daemon knows no such command");
            case COMMAND, EVENT_REGISTER, EVENT_UNREGISTER, EVENT_CONFIRM, EVENT_UNKNOWN, EVENT ->
                    throw unexpected(command, packet);
        };
    }

    /** A stream that was given up by a refusal may leave its event registered. */
    private Packet expectNoEvents(String command) throws IOException {
        var packet = receive(command);
        while (packet.kind() == Kind.EVENT) {
            packet = receive(command);
        }
        return packet;
    }

    private ProtocolException unexpected(String what, Packet packet) {
        drop();
        return new ProtocolException(what + ": VICI packet " + packet.kind() + " out of turn");
    }

    private void send(Packet packet) throws IOException {
        var kept = wire;
        if (kept != null) {
            try {
                kept.write(packet);
                return;
            } catch (IOException goneSinceTheLastCall) {
                drop();
            }
        }
        var fresh = Wire.connect(socket);
        wire = fresh;
        try {
            fresh.write(packet);
        } catch (IOException gone) {
            drop();
            throw gone;
        }
    }

    private Packet receive(String command) throws IOException {
        var open = wire;
        if (open == null) {
            throw new IOException(command + ": the connection is closed");
        }
        try {
            return open.read(timeout);
        } catch (SocketTimeoutException late) {
            drop();
            throw new IOException(
                    "%s: %s on %s; is the IKE daemon stopped or overloaded?"
                            .formatted(command, late.getMessage(), socket),
                    late);
        } catch (IOException gone) {
            drop();
            throw new IOException(
                    "%s: %s (%s)".formatted(command, gone.getMessage(), socket), gone);
        }
    }

    private void drop() {
        var open = wire;
        wire = null;
        if (open != null) {
            open.close();
        }
    }

    /** Closes the connection; a later call would open another. */
    @Override
    public void close() {
        turn.lock();
        try {
            drop();
        } finally {
            turn.unlock();
        }
    }
}
