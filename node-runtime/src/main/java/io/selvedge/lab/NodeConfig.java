// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.io.IOException;
import java.nio.file.Files;

/** The configuration file that a node of the lab is started with. */
final class NodeConfig {
    private NodeConfig() {}

    static void write(LabPaths paths, String node, boolean publishes) {
        try {
            Files.createDirectories(paths.data(node));
            Files.createDirectories(paths.conflists(node));
            Files.createDirectories(paths.addressLeases(node));
            Files.writeString(paths.config(node), text(paths, node, publishes));
        } catch (IOException full) {
            throw new LabException("cannot write " + paths.config(node) + ": " + full, full);
        }
    }

    static String text(LabPaths paths, String node, boolean publishes) {
        var intent =
                """
                  intent { folder = "%s", registrations = "%s", state = "%s" }
                  authority.journal = "h2:%s"
                """
                        .formatted(
                                paths.intent(),
                                paths.registrations(),
                                paths.authority(node),
                                paths.authority(node).resolve("journal"));
        return """
        # Written by the lab for one node; changed by nobody.
        selvedge.node {
          name = %s
          data-dir = "%s"
          enrolment = "%s"
          control-port = 7946
          cluster-port = 2551
          ipsec { backend = auto, charon = "/usr/sbin/charon-systemd" }
          cni { conf-dir = "%s", bridge = cni0, ipam-dir = "%s" }
        %s}
        """
                .formatted(
                        node,
                        paths.data(node),
                        paths.enrolment(node),
                        paths.conflists(node),
                        paths.addressLeases(node),
                        publishes ? intent : "");
    }
}
