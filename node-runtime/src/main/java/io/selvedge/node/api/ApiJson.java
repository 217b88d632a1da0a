// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.selvedge.actors.audit.HistoryEntry;
import io.selvedge.actors.entity.EntityKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the API says, as JSON: times in ISO 8601, in UTC; what is not there is null. */
final class ApiJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build();

    private ApiJson() {}

    static JsonNode of(Object records) {
        return MAPPER.valueToTree(records);
    }

    static JsonNode history(List<HistoryEntry> entries) {
        var body = MAPPER.createObjectNode();
        var array = body.putArray("entries");
        entries.forEach(entry -> array.add(entry(entry)));
        return body;
    }

    static ObjectNode problem(String problem) {
        return MAPPER.createObjectNode().put("problem", problem);
    }

    static String kind(EntityKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String text(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ObjectNode entry(HistoryEntry entry) {
        var json = MAPPER.createObjectNode();
        json.put("kind", kind(entry.entity().kind()));
        json.put("entity", entry.entity().id());
        json.put("sequence", entry.sequence());
        json.put("event", entry.event());
        json.put("says", entry.says());
        json.put("happened", Instant.ofEpochMilli(entry.happened().millis()).toString());
        json.put("hlc", entry.happened().toString());
        json.put("nodeTime", entry.nodeTime() == null ? null : entry.nodeTime().toString());
        json.put("receivedAt", entry.receivedAt().toString());
        json.put("reporter", entry.reporter());
        var cause = entry.cause();
        if (cause == null) {
            json.putNull("cause");
        } else {
            var why = json.putObject("cause").put("rule", cause.rule());
            cause.records().forEach(why.putArray("records")::add);
        }
        json.set("details", parse(entry.details().getBytes(UTF_8)));
        return json;
    }
}
