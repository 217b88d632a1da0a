// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.record;

import io.selvedge.fabric.Rosters;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.Payload.Roster;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an entity publishes at once: what does not stand already in the current epoch. What is new
 * in its scope shares one publication number; a roster follows, and lists what was published or
 * kept. What was published before and is neither any more is dead by that roster.
 *
 * <p>Signing is deterministic (RFC 8032), so an edition is a function of what stands and what is
 * wanted, and the same again signs the same bytes.
 */
public final class Edition {
    static final String KEY = "key:";
    static final String ROSTER = "roster";

    private final Signer signer;
    private final String cluster;
    private final Scope scope;
    private final List<SignedRecord> records = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final SortedSet<Bytes> live = new TreeSet<>();
    private Stand stand;
    private long stamp;

    public Edition(Stand stand, Signer signer, String cluster, Scope scope) {
        this.stand = stand;
        this.signer = signer;
        this.cluster = cluster;
        this.scope = scope;
    }

    /** Publishes what lives. */
    public void publish(Subject subject, Payload payload) {
        bury(subject, payload);
        if (stand.record(payload.type(), subject) != null) {
            live.add(Rosters.hash(payload.type(), subject));
        }
    }

    /** Says a last word, for those who know no rosters: no roster keeps it alive. */
    public void bury(Subject subject, Payload payload) {
        if (!stands(subject, payload)) {
            if (stamp == 0) {
                stamp = stand.publication(scope) + 1;
            }
            sign(scope, subject, stamp, payload);
        }
    }

    /** Revokes a key: no roster speaks of revocations, and nothing ends them. */
    public void revoke(RecordKey key, String reason) {
        if (!stand.isRevoked(key)) {
            var subject = new Subject(cluster, KEY + key.hex());
            sign(new Scope.Fabric(), subject, 0, new Revocation(key, reason));
        }
    }

    /** All that is due, the roster last; nothing while the journal is behind the fabric. */
    public List<SignedRecord> records() {
        if (stand.isBehind()) {
            return List.of();
        }
        publishRoster();
        return List.copyOf(records);
    }

    /** What could not be published; what stood before stands on. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    private void publishRoster() {
        long number = stand.publication(scope);
        if (number == 0) {
            return;
        }
        var standing = standing();
        if (!standing.equals(slices(number)) || !isCurrent(standing.size())) {
            boolean spoken = !standing.isEmpty() && standing.getFirst().publication() == number;
            for (var slice : slices(spoken ? number + 1 : number)) {
                sign(scope, roster(slice.slice()), 0, slice);
            }
        }
    }

    /** The slices of the roster that stands, as many as there are. */
    private List<Roster> standing() {
        var slices = new ArrayList<Roster>();
        int count = 1;
        for (int i = 0; i < count; i++) {
            if (stand.says(RecordType.ROSTER, roster(i)) instanceof Roster roster) {
                slices.add(roster);
                count = slices.getFirst().slices();
            }
        }
        return slices;
    }

    private boolean isCurrent(int slices) {
        for (int i = 0; i < slices; i++) {
            if (!isCurrent(stand.record(RecordType.ROSTER, roster(i)))) {
                return false;
            }
        }
        return true;
    }

    private List<Roster> slices(long publication) {
        var hashes = List.copyOf(live);
        int count = Math.max(1, Math.ceilDiv(hashes.size(), Roster.MAX_LIVE));
        var slices = new ArrayList<Roster>();
        for (int i = 0; i < count; i++) {
            int end = Math.min(hashes.size(), (i + 1) * Roster.MAX_LIVE);
            var part = hashes.subList(i * Roster.MAX_LIVE, end);
            slices.add(new Roster(publication, i, count, new TreeSet<>(part)));
        }
        return slices;
    }

    private Subject roster(int slice) {
        return new Subject(cluster, slice == 0 ? ROSTER : ROSTER + ":" + slice);
    }

    private boolean stands(Subject subject, Payload payload) {
        return isCurrent(stand.record(payload.type(), subject))
                && payload.equals(stand.says(payload.type(), subject));
    }

    private boolean isCurrent(@Nullable SignedRecord record) {
        return record != null && record.version().epoch() == stand.epoch();
    }

    private void sign(Scope where, Subject subject, long publication, Payload payload) {
        if (stand.isBehind()) {
            return;
        }
        var version = new Version(stand.epoch(), stand.sequence() + 1);
        var header = new Header(payload.type(), subject, signer.key(), where, version, publication);
        try {
            var record = signer.sign(header, payload);
            records.add(record);
            stand = stand.with(record);
        } catch (IllegalArgumentException refused) {
            problems.add(
                    "%s of %s is not published: %s"
                            .formatted(payload.type(), subject, refused.getMessage()));
        }
    }
}
