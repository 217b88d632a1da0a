// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the API is what {@code openapi.json} says. */
class AuditApiTest {
    private static final JsonNode DOCUMENT = ApiJson.parse(AuditApi.description());
    private static final Map<String, String> VALUES =
            Map.of(
                    "name", "edge1%7Cedge2",
                    "kind", "tunnel",
                    "since", "2026-11-22T10:00:00Z",
                    "until", "2026-11-22T11:00:00Z",
                    "after", "1",
                    "limit", "10",
                    "at", "2026-11-22T10:05:00Z");

    private final AuditApi api = new AuditApi(new Story().trail(), InstantSource.fixed(Story.END));

    @Test
    void everyPathAnswersAsItsSchemaSays() {
        var paths = new TreeSet<String>();
        DOCUMENT.get("paths").fieldNames().forEachRemaining(paths::add);
        assertThat(paths)
                .containsExactly("/v1/history", "/v1/openapi.json", "/v1/status", "/v1/topology");
        for (var path : paths) {
            var answer = api.get(path + "?" + query(path, true));
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertValid(path, answer);
            assertValid(path, api.get(path + "?" + query(path, false)));
        }
    }

    @Test
    void everyParameterIsTakenAndNoOther() {
        for (var path : DOCUMENT.get("paths").properties()) {
            var other = api.get(path.getKey() + "?weather=fine");
            assertThat(other.status()).as(path.getKey()).isEqualTo(400);
            assertValid(path.getKey(), other);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/history, 400",
        "/v1/history?name=, 400",
        "/v1/history?name=edge1&kind=planet, 400",
        "/v1/history?name=edge1&limit=0, 400",
        "/v1/history?name=edge1&limit=99999999999, 400",
        "/v1/history?name=edge1&after=-1, 400",
        "/v1/history?name=edge1&since=yesterday, 400",
        "/v1/history?name=egde1, 404",
        "/v1/history?name=%E0%A4%A, 400",
        "/v1/history?name, 400",
        "/v1/status?at=10m, 400",
        "/v1/history?name=a b, 400"
    })
    void whatIsWrongIsSaid(String target, int status) {
        var answer = api.get(target);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("problem").textValue()).isNotBlank();
        assertValid("/v1/history", answer);
    }

    @Test
    void nearNamesAreSaid() {
        assertThat(api.get("/v1/history?name=egde1").body().at("/near/0").textValue())
                .isEqualTo("edge1");
    }

    @Test
    void thereIsNothingElse() {
        assertThat(api.get("/").status()).isEqualTo(404);
        assertThat(api.get("/v1/history/edge1").status()).isEqualTo(404);
    }

    @Test
    void aLineOnTheSocketIsAnsweredAsByHttp() {
        var answer = ApiJson.parse(api.line("GET /v1/topology").getBytes(UTF_8));
        assertThat(answer.get("status").intValue()).isEqualTo(200);
        assertThat(answer.get("body")).isEqualTo(api.get("/v1/topology").body());
        assertThat(api.line("status")).startsWith("{\"status\":400");
    }

    private static String query(String path, boolean all) {
        var query = new StringBuilder();
        for (var parameter : DOCUMENT.at("/paths/" + path.replace("/", "~1") + "/get/parameters")) {
            if (all || parameter.get("required").booleanValue()) {
                var name = parameter.get("name").textValue();
                query.append(query.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(VALUES.get(name));
            }
        }
        return query.toString();
    }

    private static void assertValid(String path, Answer answer) {
        var responses = DOCUMENT.at("/paths/" + path.replace("/", "~1") + "/get/responses");
        var code = Integer.toString(answer.status());
        assertThat(responses.has(code)).as("%s is documented to answer %s", path, code).isTrue();
        ObjectNode schema =
                responses.at("/" + code + "/content/application~1json/schema").deepCopy();
        schema.set("components", DOCUMENT.get("components"));
        var problems =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(answer.body());
        assertThat(problems).as("%s: %s", path, answer.body()).isEmpty();
    }
}
