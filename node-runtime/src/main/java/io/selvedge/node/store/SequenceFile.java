// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import io.selvedge.model.Version;
import java.io.IOException;
import java.nio.file.Path;

public final class SequenceFile {
    private Version v = new Version(1, 0);

    public static SequenceFile open(Path p) throws IOException {
        return new SequenceFile();
    }

    public Version next() throws IOException {
        v = v.next();
        return v;
    }
}
