// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.backup;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why a backup cannot be used; the message says of which part, and what to do. */
public final class BackupException extends IOException {
    public BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public BackupException(String message) {
        this(message, null);
    }
}
