// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.nio.file.Path;
import java.util.List;

/** Runs the CNI plugins of a conflist in a node's namespace, as a container runtime would. */
@FunctionalInterface
interface PodNetwork {

    /**
     * Gives the container an {@code eth0}.
     *
     * @param commandPrefix what makes a command run on the node
     */
    void add(Path conflist, List<String> commandPrefix, String containerId, Path netns);
}
