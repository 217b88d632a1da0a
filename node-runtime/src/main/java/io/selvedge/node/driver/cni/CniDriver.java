// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.cni;

import io.selvedge.node.driver.Driver;
import io.selvedge.node.store.AtomicFile;
import io.selvedge.plan.Conflist;
import io.selvedge.plan.Diff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Keeps one file, {@code 10-selvedge.conflist}, in the folder where the runtime looks for it. */
public final class CniDriver implements Driver<Conflist> {
    private static final String FILE = "10-selvedge.conflist";

    /** The key of a file of our name that does not say what we would write. */
    private static final String ALTERED = "conflist altered";

    private final Path file;
    private final Path ipamDir;

    public CniDriver(Path confDir, Path ipamDir) {
        this.file = confDir.resolve(FILE);
        this.ipamDir = ipamDir;
    }

    @Override
    public String name() {
        return "cni";
    }

    @Override
    public SortedSet<String> observe() throws IOException {
        var keys = new TreeSet<String>();
        if (Files.exists(file)) {
            var read = ConflistJson.parse(text(), ipamDir);
            keys.add(read.map(Conflist::key).orElse(ALTERED));
        }
        return keys;
    }

    @Override
    public void apply(Diff<Conflist> diff) throws IOException {
        if (diff.add().size() > 1) {
            throw new IllegalArgumentException("a node has one conflist, not " + diff.add());
        }
        if (!diff.add().isEmpty()) {
            var wanted = ConflistJson.render(diff.add().getFirst().resource(), ipamDir);
            if (!Files.exists(file) || !text().equals(wanted)) {
                AtomicFile.write(file, wanted);
            }
        } else if (!Collections.disjoint(observe(), diff.remove())) {
            AtomicFile.delete(file);
        }
    }

    /**
     * Byte by byte, so that a file that is no UTF-8 text reads as another text, not as an error.
     */
    private String text() throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
