// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.fabric.SignedRecord;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The authority's memory: what it decided, in order, with the signed bytes of what it published.
 * Owned by one thread.
 */
public interface AuthorityJournal {
    /**
     * One event.
     *
     * @param record what was signed for {@link AuthorityEvent.Published}, else null
     */
    record Entry(AuthorityEvent event, @Nullable SignedRecord record) {}

    /** All that stands in the journal, folded. */
    AuthorityState state();

    /** The latest record of each slot, byte for byte as it was signed then. */
    List<SignedRecord> published();

    /**
     * Appends all entries, durable on return. After a failure a prefix of them may stand after a
     * restart, but {@link #state} and {@link #published} show none, and appending again is safe.
     */
    void append(List<Entry> entries) throws IOException;
}
