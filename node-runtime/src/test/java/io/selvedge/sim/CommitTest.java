// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {
    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    @TempDir private Path folder;

    @Test
    void readsTheBranchOfACheckoutFromAnyFolderInIt() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/refs/heads/main", HASH + "\n");
        write("module/pom.xml", "");

        assertThat(Commit.around(folder.resolve("module"))).isEqualTo("0123456789");
    }

    @Test
    void readsABranchThatIsPacked() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/packed-refs", "# pack-refs\n" + HASH + " refs/heads/main\n");

        assertThat(Commit.around(folder)).isEqualTo("0123456789");
    }

    @Test
    void readsAWorktreeAndADetachedHead() throws IOException {
        write("main/.git/worktrees/w/HEAD", HASH + "\n");
        write("w/.git", "gitdir: " + folder.resolve("main/.git/worktrees/w") + "\n");

        assertThat(Commit.around(folder.resolve("w"))).isEqualTo("0123456789");
    }

    @Test
    void readsTheBranchOfAWorktree() throws IOException {
        write("main/.git/refs/heads/b", HASH + "\n");
        write("main/.git/worktrees/w/HEAD", "ref: refs/heads/b\n");
        write("main/.git/worktrees/w/commondir", "../..\n");
        write("w/.git", "gitdir: " + folder.resolve("main/.git/worktrees/w") + "\n");

        assertThat(Commit.around(folder.resolve("w"))).isEqualTo("0123456789");
    }

    @Test
    void isUnknownWhereNoneCanBeRead() throws IOException {
        write(".git/HEAD", "ref: refs/heads/gone\n");

        assertThat(Commit.around(folder)).isEqualTo("unknown");
    }

    private void write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
