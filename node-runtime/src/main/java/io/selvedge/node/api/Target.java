// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.api;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A path and its query; what is wrong in it is an {@link IllegalArgumentException}. */
record Target(String path, Map<String, String> parameters) {
    static Target parse(String text) {
        var uri = URI.create(text);
        var parameters = new TreeMap<String, String>();
        var query = uri.getRawQuery();
        if (query != null && !query.isEmpty()) {
            for (var pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("'" + pair + "' is not name=value");
                }
                parameters.put(
                        decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new Target(uri.getPath() == null ? "" : uri.getPath(), parameters);
    }

    void allow(String... names) {
        for (var name : parameters.keySet()) {
            if (!List.of(names).contains(name)) {
                throw new IllegalArgumentException(
                        "'%s' is no parameter of %s; see /v1/openapi.json".formatted(name, path));
            }
        }
    }

    @Nullable String text(String name) {
        return parameters.get(name);
    }

    String required(String name) {
        var value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(path + " needs a " + name);
        }
        return value;
    }

    @Nullable Instant instant(String name) {
        var value = parameters.get(name);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "%s is '%s', not a time like 2026-11-22T14:00:00Z".formatted(name, value),
                    wrong);
        }
    }

    long number(String name, long without) {
        var value = parameters.get(name);
        try {
            return value == null ? without : Long.parseLong(value);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "%s is '%s', not a number".formatted(name, value), wrong);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
