// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The kernel's door to TUN devices, which ESP in userspace needs. */
final class TunDevice {
    private static final Path NODE = Path.of("/dev/net/tun");

    private TunDevice() {}

    /** Makes the device node where it is missing, and proves that the kernel answers on it. */
    static void require() throws IOException {
        if (!Files.exists(NODE)) {
            Files.createDirectories(NODE.getParent());
            make();
        }
        try (var tun = FileChannel.open(NODE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assert tun.isOpen();
        } catch (IOException refused) {
            throw new IOException(
                    "%s can't be opened (%s); run 'modprobe tun', or give the container that device"
                            .formatted(NODE, refused.getMessage()),
                    refused);
        }
    }

    private static void make() throws IOException {
        var mknod =
                new ProcessBuilder("mknod", "-m", "600", NODE.toString(), "c", "10", "200")
                        .redirectErrorStream(true)
                        .start();
        String said =
                new String(mknod.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (mknod.waitFor() != 0) {
                throw new IOException(
                        "%s is missing and can't be made (%s); give the container that device"
                                .formatted(NODE, said));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making " + NODE, stopped);
        }
    }
}
