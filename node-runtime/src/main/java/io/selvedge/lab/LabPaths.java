// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import io.selvedge.actors.persistence.JournalSettings;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a lab of a name keeps its files and what its namespaces are called. Short, because the
 * paths of Unix sockets end at 107 bytes. A name has no hyphen, so that no lab's namespaces look
 * like another's.
 */
record LabPaths(String lab) {
    private static final Path BASE = Path.of("/run/selvedge-lab");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,11}");

    LabPaths {
        if (!NAME.matcher(lab).matches()) {
            throw new LabException(
                    "'%s' cannot name a lab; use up to 12 lower-case letters and digits, a letter"
                                    .formatted(lab)
                            + " first");
        }
    }

    Path root() {
        return BASE.resolve(lab);
    }

    Path labDocument() {
        return root().resolve("lab.yaml");
    }

    Path fabric() {
        return root().resolve("fabric.json");
    }

    /** The process that is at work on the lab: building it, or running the demo on it. */
    Path owner() {
        return root().resolve("owner");
    }

    Path cuts() {
        return root().resolve("cuts");
    }

    Path intent() {
        return root().resolve("intent");
    }

    Path registrations() {
        return root().resolve("registrations");
    }

    /** The offline root's private key: it stays where nodes are enrolled, and no node has it. */
    Path rootKey() {
        return root().resolve("root.key");
    }

    /** Where the authority keeps its signing key and its state. */
    Path authority(String node) {
        return node(node).resolve("authority");
    }

    /** Where it keeps what it decided. */
    JournalSettings journal(String node) {
        return JournalSettings.parse(
                "h2:" + authority(node).resolve("journal"), "", authority(node));
    }

    Path node(String name) {
        return root().resolve("nodes").resolve(name);
    }

    Path data(String node) {
        return node(node).resolve("data");
    }

    Path enrolment(String node) {
        return node(node).resolve("enrolment");
    }

    Path config(String node) {
        return node(node).resolve("node.conf");
    }

    Path log(String node) {
        return node(node).resolve("node.log");
    }

    Path socket(String node) {
        return data(node).resolve("node.sock");
    }

    Path conflists(String node) {
        return node(node).resolve("cni/net.d");
    }

    Path addressLeases(String node) {
        return node(node).resolve("cni/ipam");
    }

    String namespacePrefix() {
        return "selv-" + lab + "-";
    }

    /** The namespace of a node, a pod, {@code wan} or {@code box-SITE}. */
    Netns netns(String name) {
        return new Netns(namespacePrefix() + name);
    }
}
