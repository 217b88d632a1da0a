// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.testing;

import io.selvedge.node.driver.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of its own for one test; closing it deletes it with all devices. */
public final class NetworkNamespace implements AutoCloseable {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Commands HOST = new Commands(List.of());

    private final String name;
    private final Commands commands;

    private NetworkNamespace(String name) {
        this.name = name;
        this.commands = new Commands(List.of("ip", "netns", "exec", name));
    }

    /** Makes a namespace, named with the prefix, the process and a number; lo is up. */
    public static NetworkNamespace create(String prefix) {
        var pid = ProcessHandle.current().pid();
        var made = new NetworkNamespace(prefix + "-" + pid + "-" + NEXT.incrementAndGet());
        host("ip netns add " + made.name);
        made.exec("ip link set lo up");
        return made;
    }

    public String name() {
        return name;
    }

    public Path path() {
        return Path.of("/var/run/netns", name);
    }

    /** Runs commands inside. */
    public Commands commands() {
        return commands;
    }

    /** Runs a command inside, which must succeed; words are separated by spaces, no quotes. */
    public String exec(String command) {
        return run(commands, "", command);
    }

    public String exec(String command, String input) {
        return run(commands, input, command);
    }

    /** Whether a command inside succeeds. */
    public boolean succeeds(String command) {
        try {
            return commands.attempt(Map.of(), "", List.of(command.split(" ", -1))).exit() == 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Joins two namespaces by a veth pair; both ends are up. */
    public static void wire(NetworkNamespace a, String inA, NetworkNamespace b, String inB) {
        host(
                "ip link add %s netns %s type veth peer name %s netns %s"
                        .formatted(inA, a.name, inB, b.name));
        a.exec("ip link set " + inA + " up");
        b.exec("ip link set " + inB + " up");
    }

    @Override
    public void close() {
        host("ip netns del " + name);
    }

    private static void host(String command) {
        run(HOST, "", command);
    }

    private static String run(Commands commands, String input, String command) {
        try {
            return commands.run(input, command.split(" ", -1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
