// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.node.store.AtomicFile;
import io.selvedge.plan.FilterResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Remembers, in a file, what the table looked like just after we made it: any nft prints rules in
 * its own way, so the listing is compared with itself. Without a seal the skeleton counts as
 * missing, which costs one more replacement and no packet.
 */
final class NftSeal {
    /** Changes with every change of our rules, so that a new version replaces those of an old. */
    private static final String RULES =
            digest(
                    NftScript.replaceTable(
                            new FilterResource.Skeleton(
                                    new TreeSet<>(List.of("tun")),
                                    new TreeSet<>(List.of("local")),
                                    1,
                                    2,
                                    3,
                                    4),
                            List.of(),
                            Map.of()));

    private final Path file;

    NftSeal(Path stateFolder) {
        this.file = stateFolder.resolve("nft.seal");
    }

    void write(String skeletonKey, NftTable table) throws IOException {
        AtomicFile.write(file, String.join("\n", RULES, table.fingerprint(), skeletonKey, ""));
    }

    /** The key of the skeleton that was sealed, if the table still looks so. */
    Optional<String> standing(NftTable table) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var line = Files.readAllLines(file, StandardCharsets.UTF_8);
        return line.size() == 3
                        && line.get(0).equals(RULES)
                        && line.get(1).equals(table.fingerprint())
                ? Optional.of(line.get(2))
                : Optional.empty();
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
