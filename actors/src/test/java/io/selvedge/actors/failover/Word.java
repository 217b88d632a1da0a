// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.failover;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.selvedge.fabric.Sha256;
import io.selvedge.fabric.SignedRecord;
import java.util.Optional;
import java.util.SortedSet;

/** What a cloud node says to the test, one a line. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "word")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "state", value = Word.State.class),
    @JsonSubTypes.Type(name = "told", value = Word.Told.class),
    @JsonSubTypes.Type(name = "published", value = Word.Published.class)
})
sealed interface Word {
    JsonMapper JSON = new JsonMapper();

    /**
     * How it is, several times a second.
     *
     * @param up who is Up and answers, as it sees them
     * @param owner whether the Cluster lives here
     */
    record State(SortedSet<String> up, boolean owner) implements Word {}

    /**
     * A client here was told that something is decided.
     *
     * @param entity as the journal has it
     * @param events how many
     * @param revision of the declaration that it asked for; 0 when it asked for something else
     */
    record Told(String entity, int events, long revision) implements Word {}

    /** An entity here published a record. */
    record Published(String slot, String version, String hash) implements Word {
        static Published of(SignedRecord record) {
            return new Published(
                    record.slot().toString(),
                    record.version().toString(),
                    Sha256.of(record.bytes()).hex());
        }
    }

    default String line() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Empty for what others print. */
    static Optional<Word> parse(String line) {
        try {
            return line.startsWith("{\"word\":")
                    ? Optional.of(JSON.readValue(line, Word.class))
                    : Optional.empty();
        } catch (JsonProcessingException torn) {
            // By a kill: the client that was told is dead, too.
            return Optional.empty();
        }
    }
}
