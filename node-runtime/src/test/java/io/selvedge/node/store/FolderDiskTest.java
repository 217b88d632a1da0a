// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDiskTest extends DiskContract {
    @TempDir Path folder;

    @Override
    Disk disk() throws IOException {
        return FolderDisk.at(folder.resolve("records"));
    }

    @Test
    void filesAreForTheirOwnerAlone() throws IOException {
        try (var disk = disk()) {
            disk.append("log", bytes("one"));
            disk.replace("key", out -> out.write(7));
        }
        for (var name : new String[] {"log", "key"}) {
            assertThat(Files.getPosixFilePermissions(folder.resolve("records").resolve(name)))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void whatACrashLeftOfAReplacementIsCleanedUp() throws IOException {
        var half = folder.resolve("records").resolve(".key.tmp");
        try (var disk = disk()) {
            Files.writeString(half, "ha");
            assertThat(disk.list()).isEmpty();
            disk.lock();
            assertThat(half).doesNotExist();
        }
    }
}
