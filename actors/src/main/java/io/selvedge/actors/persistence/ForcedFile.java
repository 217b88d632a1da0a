// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file of H2 whose writes have reached the disk when they return: {@code jdbc:h2:forced:<path>}.
 * H2 itself never waits for the disk, and a commit that a cut of the power takes back would let the
 * authority say two things under one version.
 */
public final class ForcedFile extends FilePathWrapper {
    static final String SCHEME = "forced";

    /** Called by H2. */
    public ForcedFile() {}

    static void register() {
        FilePath.register(new ForcedFile());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return super.open(mode.equals("rw") ? "rwd" : mode);
    }
}
