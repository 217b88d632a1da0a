// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.api;

import io.selvedge.actors.audit.AuditTrail;
import io.selvedge.actors.audit.AuditTrail.Found;
import io.selvedge.actors.audit.AuditUnavailable;
import io.selvedge.actors.entity.EntityKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers the questions that {@code openapi.json} describes, however they came. Thread-safe; may
 * wait for the database.
 */
public final class AuditApi {
    private static final int LIMIT = 1_000;

    private final AuditTrail trail;
    private final InstantSource clock;

    public AuditApi(AuditTrail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /** The API's own description. */
    static byte[] description() {
        try (var in = AuditApi.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(in, "openapi.json is not in the jar").readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Answers one line on the node's socket, {@code GET /v1/status}, with one JSON document: the
     * {@code status} and the {@code body} that HTTP would have.
     */
    public String line(String line) {
        var answer =
                line.startsWith("GET ")
                        ? get(line.substring("GET ".length()))
                        : Answer.problem(Answer.WRONG, "ask GET /v1/openapi.json");
        return "{\"status\":%d,\"body\":%s}"
                .formatted(answer.status(), ApiJson.text(answer.body()));
    }

    /** Answers for a path with its query. */
    Answer get(String target) {
        try {
            var asked = Target.parse(target);
            return switch (asked.path()) {
                case "/v1/history" -> history(asked);
                case "/v1/status" -> Answer.ok(ApiJson.of(trail.statusAt(at(asked))));
                case "/v1/topology" -> Answer.ok(ApiJson.of(trail.topologyAt(at(asked))));
                case "/v1/openapi.json" -> {
                    asked.allow();
                    yield Answer.ok(ApiJson.parse(description()));
                }
                default ->
                        Answer.problem(
                                Answer.NOT_FOUND,
                                "there is no %s; see /v1/openapi.json".formatted(asked.path()));
            };
        } catch (IllegalArgumentException wrong) {
            return Answer.problem(Answer.WRONG, String.valueOf(wrong.getMessage()));
        } catch (AuditUnavailable unavailable) {
            return Answer.problem(Answer.UNAVAILABLE, String.valueOf(unavailable.getMessage()));
        }
    }

    private Instant at(Target asked) {
        asked.allow("at");
        var at = asked.instant("at");
        return at == null ? clock.instant() : at;
    }

    private Answer history(Target asked) {
        asked.allow("name", "kind", "since", "until", "after", "limit");
        var query =
                new AuditTrail.Query(
                        kind(asked.text("kind")),
                        asked.required("name"),
                        asked.instant("since"),
                        asked.instant("until"),
                        asked.number("after", 0),
                        Math.toIntExact(Math.min(asked.number("limit", LIMIT), Integer.MAX_VALUE)));
        return switch (trail.history(query)) {
            case Found.Entries(var entries) -> Answer.ok(ApiJson.history(entries));
            case Found.Unknown(var name, var near) -> unknown(query.kind(), name, near);
            case Found.Ambiguous(var name, var kinds) ->
                    Answer.problem(
                            Answer.WRONG,
                            "'%s' is %s: say which kind"
                                    .formatted(
                                            name,
                                            kinds.stream()
                                                    .map(ApiJson::kind)
                                                    .collect(Collectors.joining(" and "))));
        };
    }

    private static Answer unknown(@Nullable EntityKind kind, String name, List<String> near) {
        var what = kind == null ? "nothing" : "no " + ApiJson.kind(kind);
        var hint = near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
        var problem = ApiJson.problem("%s is called '%s'%s".formatted(what, name, hint));
        near.forEach(problem.putArray("near")::add);
        return new Answer(Answer.NOT_FOUND, problem);
    }

    private static @Nullable EntityKind kind(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Stream.of(EntityKind.values())
                .filter(kind -> ApiJson.kind(kind).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'%s' is no kind: node, tunnel, service, community or cluster"
                                        .formatted(text)));
    }
}
