// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import org.jspecify.annotations.Nullable;

/** Why a journal cannot be used now; the message names the setting and what to do. */
public final class JournalException extends Exception {
    JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    JournalException(String message) {
        this(message, null);
    }
}
