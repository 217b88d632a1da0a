// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import org.jspecify.annotations.Nullable;

/** Why a journal cannot be used now; the message names the setting and what to do. */
public final class JournalException extends Exception {
    private final boolean inUse;

    JournalException(String message, @Nullable Throwable cause, boolean inUse) {
        super(message, cause);
        this.inUse = inUse;
    }

    JournalException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    JournalException(String message) {
        this(message, null);
    }

    /** Whether a node that runs has the journal: the same works once it has ended. */
    public boolean isInUse() {
        return inUse;
    }
}
