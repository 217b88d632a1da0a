// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An object of an answer of the API, and how its fields show in tables. */
record Shown(Map<?, ?> fields) {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** Empty when it is not there, or null. */
    String text(String field) {
        return Objects.toString(fields.get(field), "");
    }

    /** In the own time zone. */
    String time(String field) {
        var text = text(field);
        return text.isEmpty() ? "" : time(Instant.parse(text));
    }

    static String time(Instant instant) {
        return LOCAL.format(instant.atZone(ZoneId.systemDefault()));
    }

    long number(String field) {
        return fields.get(field) instanceof Number number ? number.longValue() : 0;
    }

    @Nullable Shown object(String field) {
        return fields.get(field) instanceof Map<?, ?> map ? new Shown(map) : null;
    }

    List<Shown> objects(String field) {
        return fields.get(field) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(each -> new Shown((Map<?, ?>) each))
                        .toList()
                : List.of();
    }

    String list(String field) {
        return fields.get(field) instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : "";
    }

    String json() throws IOException {
        return JSON.std
                .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
                .asString(fields);
    }

    String line() throws IOException {
        return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(fields);
    }
}
