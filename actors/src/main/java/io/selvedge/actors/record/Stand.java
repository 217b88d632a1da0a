// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.fabric.Rosters;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Roster;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What one entity has published: the record that stands in each of its slots. Immutable.
 *
 * @param epoch of what is published next
 * @param sequence the highest one used, counted over all slots of the entity
 * @param found the highest epoch of records that others held and this journal did not know: it was
 *     restored from a backup, and nothing is published before the authority's epoch is higher
 * @param records by type and subject
 */
public record Stand(
        long epoch, long sequence, long found, PSortedMap<String, SignedRecord> records) {
    public static final Stand EMPTY = new Stand(0, 0, 0, TreePMap.empty());

    /** Whether versions may be in use that this journal knows nothing of. */
    @JsonIgnore
    public boolean isBehind() {
        return found >= epoch;
    }

    /** Whether who wants something knows all that was published, here or elsewhere. */
    public boolean heeds(Mandate mandate) {
        return mandate.epoch() > found && mandate.epoch() >= epoch;
    }

    public Stand inEpoch(long next) {
        return new Stand(Math.max(epoch, next), sequence, found, records);
    }

    /** After publishing a record; a version that is not higher is a corrupt journal. */
    public Stand with(SignedRecord record) {
        var version = record.version();
        if (version.epoch() != epoch || version.sequence() <= sequence) {
            throw new IllegalArgumentException(
                    "not above %d.%d: %s".formatted(epoch, sequence, record));
        }
        return new Stand(epoch, version.sequence(), found, records.plus(key(record), record));
    }

    /** Whether a record that others hold is one that this journal lost. */
    public boolean lacks(SignedRecord record) {
        var known = records.get(key(record));
        return known == null || known.version().compareTo(record.version()) < 0;
    }

    /** After others gave a record back that this journal had lost. */
    public Stand recovered(SignedRecord record) {
        var version = record.version();
        return new Stand(
                epoch,
                Math.max(sequence, version.sequence()),
                Math.max(found, version.epoch()),
                records.plus(key(record), record));
    }

    public @Nullable SignedRecord record(RecordType type, Subject subject) {
        return records.get(key(type, subject));
    }

    /** What stands in a slot, also when an earlier epoch said it. */
    public @Nullable Payload says(RecordType type, Subject subject) {
        return Optional.ofNullable(record(type, subject))
                .flatMap(SignedRecord::statement)
                .map(Statement::payload)
                .orElse(null);
    }

    /**
     * Whether a record of the entity's own scope is not dead by its roster, which has one slice.
     */
    public boolean lives(SignedRecord record) {
        var roster = new Subject(record.header().subject().cluster(), Edition.ROSTER);
        return !(says(RecordType.ROSTER, roster) instanceof Roster says)
                || record.header().publication() > says.publication()
                || says.live()
                        .contains(Rosters.hash(record.header().type(), record.header().subject()));
    }

    /** Whether this entity revoked a key. */
    public boolean isRevoked(RecordKey key) {
        return records.values().stream()
                .anyMatch(record ->
                        record.header().type().equals(RecordType.REVOCATION)
                                && record.header().subject().uid().equals(Edition.KEY + key.hex()));
    }

    /** The highest publication of a scope; 0 when it has none. */
    long publication(Scope scope) {
        long highest = 0;
        for (var record : records.values()) {
            if (record.scope().equals(scope)) {
                long spoken =
                        record.statement()
                                .map(said -> said.payload() instanceof Roster of ? of : null)
                                .map(Roster::publication)
                                .orElse(0L);
                highest = Math.max(highest, Math.max(spoken, record.header().publication()));
            }
        }
        return highest;
    }

    public Collection<SignedRecord> all() {
        return records.values();
    }

    private static String key(SignedRecord record) {
        return key(record.header().type(), record.header().subject());
    }

    private static String key(RecordType type, Subject subject) {
        return type + " " + subject;
    }
}
