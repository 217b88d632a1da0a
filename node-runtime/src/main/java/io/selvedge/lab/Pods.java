// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pods of a lab: namespaces that the CNI plugins of their nodes connect. */
final class Pods {
    private final LabPaths paths;
    private final PodNetwork network;

    Pods(LabPaths paths, PodNetwork network) {
        this.paths = paths;
        this.network = network;
    }

    /** The conflist that the node wrote, once it did: the first, as a runtime would take. */
    @Nullable Path conflist(String node) {
        try (var files = Files.list(paths.conflists(node))) {
            return files.filter(file -> file.toString().endsWith(".conflist"))
                    .sorted()
                    .findFirst()
                    .orElse(null);
        } catch (IOException notYet) {
            return null;
        }
    }

    /** Waits for it; null when the time was over. */
    @Nullable Path awaitConflist(String node, Duration patience) {
        Await.until(patience, () -> conflist(node) != null);
        return conflist(node);
    }

    void add(Topology.Pod pod, Path conflist) {
        var netns = paths.netns(pod.name());
        Exec.must("ip", "netns", "add", netns.name());
        netns.ip(List.of("link set lo up"));
        var onNode = paths.netns(pod.node()).command(List.of());
        network.add(conflist, onNode, netns.name(), netns.path());
    }

    /** The address that CNI gave the pod; empty before. */
    String address(String pod) {
        var result =
                Exec.run(
                        List.of(
                                "ip",
                                "-n",
                                paths.netns(pod).name(),
                                "-j",
                                "-4",
                                "address",
                                "show",
                                "eth0"),
                        "");
        if (result.code() != 0) {
            return "";
        }
        try {
            for (var link : JSON.std.listFrom(result.out())) {
                if (link instanceof Map<?, ?> one
                        && one.get("addr_info") instanceof List<?> addresses
                        && !addresses.isEmpty()
                        && addresses.getFirst() instanceof Map<?, ?> first) {
                    return String.valueOf(first.get("local"));
                }
            }
            return "";
        } catch (IOException wrong) {
            throw new LabException("ip does not speak JSON: " + wrong.getMessage(), wrong);
        }
    }
}
