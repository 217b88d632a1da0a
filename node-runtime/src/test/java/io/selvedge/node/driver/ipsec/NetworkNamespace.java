// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A network namespace of this test run's own; closing deletes it. */
record NetworkNamespace(String name) implements AutoCloseable {

    static NetworkNamespace create(String role) throws IOException {
        var namespace = new NetworkNamespace("ipsec-" + role + "-" + ProcessHandle.current().pid());
        run(List.of("ip", "netns", "add", namespace.name), "");
        namespace.ip("link", "set", "lo", "up");
        return namespace;
    }

    /** Joins two namespaces by a cable; its ends are called {@code wan}. */
    static void connect(NetworkNamespace one, NetworkNamespace other) throws IOException {
        one.ip("link", "add", "wan", "type", "veth", "peer", "name", "wan", "netns", other.name);
    }

    List<String> prefix() {
        return List.of("ip", "netns", "exec", name);
    }

    String ip(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        return run(command, "");
    }

    String exec(String input, String... command) throws IOException {
        var whole = new ArrayList<>(prefix());
        whole.addAll(List.of(command));
        return run(whole, input);
    }

    @Override
    public void close() throws IOException {
        run(List.of("ip", "netns", "delete", name), "");
    }

    private static String run(List<String> command, String input) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
        return said;
    }
}
