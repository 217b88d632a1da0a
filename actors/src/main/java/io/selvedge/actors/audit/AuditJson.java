// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selvedge.model.Cause;

/** Facts and causes as the tables hold them. */
final class AuditJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private AuditJson() {}

    static Fact fact(String json) {
        return read(json, Fact.class);
    }

    static Cause cause(String json) {
        return read(json, Cause.class);
    }

    static String text(Fact fact) {
        return write(fact, Fact.class);
    }

    static String text(Cause cause) {
        return write(cause, Cause.class);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException unreadable) {
            throw new AuditUnavailable(unreadable);
        }
    }

    private static <T> String write(T value, Class<T> type) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
