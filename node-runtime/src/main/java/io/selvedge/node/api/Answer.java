// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.api;

import com.fasterxml.jackson.databind.JsonNode;

/** An answer of the API, with HTTP's code for how it went. */
record Answer(int status, JsonNode body) {
    static final int OK = 200;
    static final int WRONG = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int NOT_ALLOWED = 405;
    static final int UNAVAILABLE = 503;

    static Answer ok(JsonNode body) {
        return new Answer(OK, body);
    }

    static Answer problem(int status, String problem) {
        return new Answer(status, ApiJson.problem(problem));
    }
}
