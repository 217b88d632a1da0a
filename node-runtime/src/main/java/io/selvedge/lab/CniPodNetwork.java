// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import io.selvedge.lab.cni.CniChain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The real plugins, as a container runtime runs them. */
final class CniPodNetwork implements PodNetwork {
    @Override
    public void add(Path conflist, List<String> commandPrefix, String containerId, Path netns) {
        try {
            new CniChain(conflist, commandPrefix).add(containerId, netns, "eth0");
        } catch (IOException failed) {
            throw new LabException(
                    "CNI did not connect %s: %s".formatted(containerId, failed.getMessage()),
                    failed);
        }
    }
}
