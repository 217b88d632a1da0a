// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.backup;

import io.selvedge.model.Bytes;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a journal says of one entity, as Akka Persistence wrote it. */
public sealed interface Row {
    /** The persistence id. */
    String entity();

    /** Counts an entity's events from one. */
    long number();

    /** What a serializer made of an object. */
    record Content(int serializer, String manifest, Bytes bytes) {}

    /**
     * An event.
     *
     * @param deleted whether it only keeps the number, since a snapshot stands for it
     * @param writer tells apart the lives of an entity
     * @param writtenAt in milliseconds since 1970
     * @param adapter the manifest of an event adapter; Selvedge has none
     * @param meta null in all that Selvedge writes itself
     */
    record Event(
            String entity,
            long number,
            boolean deleted,
            String writer,
            long writtenAt,
            String adapter,
            SortedSet<String> tags,
            Content content,
            @Nullable Content meta)
            implements Row {
        public Event {
            tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        }
    }

    /** A state, after the event of its number. */
    record Snapshot(
            String entity, long number, long writtenAt, Content content, @Nullable Content meta)
            implements Row {}
}
