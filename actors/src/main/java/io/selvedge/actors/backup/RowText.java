// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.backup;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selvedge.actors.backup.Row.Content;
import io.selvedge.actors.backup.Row.Event;
import io.selvedge.actors.backup.Row.Snapshot;
import io.selvedge.model.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A row as a line of JSON. What lies in the journal as JSON stands there as it is; all else, and
 * JSON that would not come back byte for byte, as base64.
 */
final class RowText {
    static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String EVENT = "event";
    private static final String SNAPSHOT = "snapshot";

    private RowText() {}

    static ObjectNode write(Row row) {
        var line = JSON.createObjectNode();
        line.put(row instanceof Event ? EVENT : SNAPSHOT, row.entity());
        line.put("number", row.number());
        switch (row) {
            case Event event -> {
                line.put("at", Instant.ofEpochMilli(event.writtenAt()).toString());
                line.put("writer", event.writer());
                if (event.deleted()) {
                    line.put("deleted", true);
                }
                if (!event.adapter().isEmpty()) {
                    line.put("adapter", event.adapter());
                }
                if (!event.tags().isEmpty()) {
                    event.tags().forEach(line.putArray("tags")::add);
                }
                write(line, event.content());
                write(line, event.meta());
            }
            case Snapshot snapshot -> {
                line.put("at", Instant.ofEpochMilli(snapshot.writtenAt()).toString());
                write(line, snapshot.content());
                write(line, snapshot.meta());
            }
        }
        return line;
    }

    /** An {@link IOException} or {@link IllegalArgumentException} says what is wrong. */
    static Row read(JsonNode line) throws IOException {
        boolean isEvent = line.has(EVENT);
        var entity = line.required(isEvent ? EVENT : SNAPSHOT).asText();
        long number = line.required("number").longValue();
        long at = Instant.parse(line.required("at").asText()).toEpochMilli();
        var content = content(line);
        var meta = line.has("meta") ? content(line.get("meta")) : null;
        if (!isEvent) {
            return new Snapshot(entity, number, at, content, meta);
        }
        var tags = new TreeSet<String>();
        line.path("tags").forEach(tag -> tags.add(tag.asText()));
        return new Event(
                entity,
                number,
                line.path("deleted").asBoolean(),
                line.required("writer").asText(),
                at,
                line.path("adapter").asText(),
                tags,
                content,
                meta);
    }

    private static void write(ObjectNode line, @Nullable Content content) {
        if (content != null && line.has("serializer")) {
            write(line.putObject("meta"), content);
        } else if (content != null) {
            line.put("serializer", content.serializer());
            line.put("type", content.manifest());
            byte[] bytes = content.bytes().toArray();
            var says = json(bytes);
            if (says == null) {
                line.put("bytes", Base64.getEncoder().encodeToString(bytes));
            } else {
                line.set("says", says);
            }
        }
    }

    private static Content content(JsonNode line) throws IOException {
        byte[] bytes =
                line.has("says")
                        ? JSON.writeValueAsBytes(line.get("says"))
                        : Base64.getDecoder().decode(line.required("bytes").asText());
        return new Content(
                line.required("serializer").intValue(),
                line.required("type").asText(),
                Bytes.of(bytes));
    }

    private static @Nullable JsonNode json(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != '{') {
            return null;
        }
        try {
            var says = JSON.readTree(bytes);
            return Bytes.of(JSON.writeValueAsBytes(says)).equals(Bytes.of(bytes)) ? says : null;
        } catch (IOException noJson) {
            return null;
        }
    }
}
