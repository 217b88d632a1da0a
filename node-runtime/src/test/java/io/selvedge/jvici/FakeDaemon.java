// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import io.selvedge.jvici.Packet.Kind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Speaks the server's side of VICI on a socket, with canned answers. */
final class FakeDaemon implements AutoCloseable {
    final List<Packet> received = new CopyOnWriteArrayList<>();
    private final Map<String, Function<Message, Message>> commands = new ConcurrentHashMap<>();
    private final Map<String, List<Packet>> streams = new ConcurrentHashMap<>();
    private final Map<Wire, Set<String>> clients = new ConcurrentHashMap<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Set<String> events;
    private final ServerSocketChannel server;
    private final Path socket;

    FakeDaemon(Path socket, String... events) throws IOException {
        this.socket = socket;
        this.events = Set.of(events);
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    FakeDaemon answer(String command, Function<Message, Message> answer) {
        commands.put(command, answer);
        return this;
    }

    /** Sends these events before the answer to the command. */
    FakeDaemon stream(String command, List<Packet> before) {
        streams.put(command, before);
        return answer(command, _ -> Message.EMPTY);
    }

    void raise(String event, Message message) throws IOException {
        for (var client : clients.entrySet()) {
            if (client.getValue().contains(event)) {
                client.getKey().write(new Packet(Kind.EVENT, event, message));
            }
        }
    }

    boolean listening(String event) {
        return clients.values().stream().anyMatch(registered -> registered.contains(event));
    }

    /**
     * Closes all connections and goes on listening; a socket is closed when its reader has left.
     */
    void hangUp() {
        clients.keySet().forEach(Wire::close);
        clients.clear();
        for (var thread : threads) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                var wire = Wire.of(server.accept());
                clients.put(wire, ConcurrentHashMap.newKeySet());
                threads.add(Thread.ofVirtual().start(() -> serve(wire)));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Wire wire) {
        var registered = clients.getOrDefault(wire, new HashSet<>());
        try {
            while (true) {
                var packet = wire.read();
                received.add(packet);
                switch (packet.kind()) {
                    case EVENT_REGISTER -> {
                        boolean known = events.contains(packet.name());
                        if (known) {
                            registered.add(packet.name());
                        }
                        wire.write(Packet.of(known ? Kind.EVENT_CONFIRM : Kind.EVENT_UNKNOWN, ""));
                    }
                    case EVENT_UNREGISTER -> {
                        registered.remove(packet.name());
                        wire.write(Packet.of(Kind.EVENT_CONFIRM, ""));
                    }
                    case COMMAND -> command(wire, packet);
                    default -> throw new IOException("unexpected " + packet);
                }
            }
        } catch (IOException gone) {
            clients.remove(wire);
        }
    }

    private void command(Wire wire, Packet packet) throws IOException {
        var answer = commands.get(packet.name());
        if (answer == null) {
            wire.write(Packet.of(Kind.COMMAND_UNKNOWN, ""));
            return;
        }
        for (var event : streams.getOrDefault(packet.name(), List.of())) {
            wire.write(event);
        }
        wire.write(new Packet(Kind.RESPONSE, "", answer.apply(packet.message())));
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
        Files.deleteIfExists(socket);
    }
}
