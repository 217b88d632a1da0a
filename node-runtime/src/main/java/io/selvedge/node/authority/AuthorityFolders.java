// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import java.nio.file.Path;

/**
 * The folders of an authority.
 *
 * @param intent manifests, only read
 * @param registrations keys of nodes, only read
 * @param state the authority's own: its log and {@code authority.key}
 */
public record AuthorityFolders(Path intent, Path registrations, Path state) {
    public static final String KEY_FILE = "authority.key";

    Path key() {
        return state.resolve(KEY_FILE);
    }
}
