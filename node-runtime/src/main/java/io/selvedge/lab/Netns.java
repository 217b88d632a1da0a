// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A named network namespace of this machine. */
public record Netns(String name) {

    /** The command, wrapped so that it runs in this namespace (same process id). */
    public List<String> command(List<String> command) {
        var all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(command);
        return all;
    }

    String must(String... command) {
        return Exec.must(command(List.of(command)), "");
    }

    /** Lines of ip(8), all in one go. */
    void ip(List<String> lines) {
        Exec.must(List.of("ip", "-n", name, "-batch", "-"), String.join("\n", lines) + "\n");
    }

    /** One atomic nftables transaction. */
    void nft(String script) {
        Exec.must(command(List.of("nft", "-f", "-")), script);
    }

    Path path() {
        return Path.of("/run/netns", name);
    }

    /** Ids of the processes that live in it. */
    List<Long> pids() {
        return Exec.run(List.of("ip", "netns", "pids", name), "")
                .out()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Long::parseLong)
                .toList();
    }

    /** All named namespaces whose names begin so, sorted. */
    static List<Netns> startingWith(String prefix) {
        return Exec.must("ip", "netns", "list")
                .lines()
                .map(line -> line.contains(" ") ? line.substring(0, line.indexOf(' ')) : line)
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .map(Netns::new)
                .toList();
    }
}
