// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.node.driver.Driver;
import io.selvedge.plan.Conflist;
import io.selvedge.plan.Diff;
import io.selvedge.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract on real files. */
class CniDriverTest extends CniContract {
    private static final Path IPAM = Path.of("/run/selvedge/ipam");

    @TempDir private Path folder;

    @Override
    protected Driver<Conflist> opened() {
        return new CniDriver(folder.resolve("net.d"), IPAM);
    }

    @Override
    protected void drift(String key) throws IOException {
        Files.delete(file());
    }

    @Test
    void itIsWrittenAsTheSpecificationSpellsIt() throws IOException {
        Golden.assertEquals(
                "cni/10-selvedge.conflist", ConflistJson.render(first().getFirst(), IPAM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "{\"plugins\":[]}", "no JSON", "{\"plugins\":[{}]}"})
    void aBrokenFileOfOurNameIsReplaced(String text) throws IOException {
        reconcile(first());
        Files.writeString(file(), text);
        reconcile(first());
        assertStanding(first());
        Files.writeString(file(), text);
        reconcile(List.of());
        assertThat(file()).doesNotExist();
    }

    @Test
    void aSmallChangeBySomebodyIsUndone() throws IOException {
        reconcile(first());
        Files.writeString(file(), Files.readString(file()).replace("false", "true"));
        reconcile(first());
        assertThat(Files.readString(file())).contains("\"ipMasq\" : false");
    }

    @Test
    void anEqualFileIsUntouchedAndForeignFilesStay() throws IOException {
        reconcile(first());
        var foreign = Files.writeString(file().resolveSibling("20-other.conflist"), "other");
        var written = Files.getLastModifiedTime(file());
        var inode = Files.getAttribute(file(), "unix:ino");

        opened().apply(new Diff<>(new TreeSet<>(), List.copyOf(desired(first()).values())));
        reconcile(first());

        assertThat(Files.getLastModifiedTime(file())).isEqualTo(written);
        assertThat(Files.getAttribute(file(), "unix:ino")).isEqualTo(inode);
        reconcile(List.of());
        try (Stream<Path> files = Files.list(folder.resolve("net.d"))) {
            assertThat(files).containsExactly(foreign);
        }
    }

    private Path file() {
        return folder.resolve("net.d").resolve("10-selvedge.conflist");
    }
}
