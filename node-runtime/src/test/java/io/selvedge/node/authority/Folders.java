// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An authority's folders for tests. */
final class Folders {
    private Folders() {}

    /** With the demo's manifests, its nodes registered, and a key. */
    static AuthorityFolders ofTheDemo(Path parent) throws IOException {
        var folders =
                new AuthorityFolders(
                        Files.createDirectory(parent.resolve("intent")),
                        Files.createDirectory(parent.resolve("registrations")),
                        Files.createDirectory(parent.resolve("state")));
        for (String name : List.of("fabric.yaml", "nodes.yaml", "communities.yaml")) {
            Files.copy(Path.of("../examples/demo").resolve(name), folders.intent().resolve(name));
        }
        for (String node : List.of("cloud1", "edge1", "edge2", "edge3", "edge4")) {
            Keys.register(folders.registrations(), node);
        }
        Keys.mint(folders.key());
        return folders;
    }
}
