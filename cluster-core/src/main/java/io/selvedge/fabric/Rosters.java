// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.Payload.Roster;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The rosters of one scope, by their writers. Each speaks only of what its own writer published; it
 * counts when all slices of a publication are there, and the highest such counts: while those of
 * another arrive, the former goes on counting.
 */
public final class Rosters {
    private final Map<RecordKey, Live> complete = new HashMap<>();

    private Rosters() {}

    private record Live(long publication, Set<Bytes> hashes) {}

    static Rosters of(Collection<Statement> scope) {
        var slices = new HashMap<RecordKey, List<Roster>>();
        for (var statement : scope) {
            if (statement.payload() instanceof Roster roster) {
                var writer = statement.header().writer();
                slices.computeIfAbsent(writer, _ -> new ArrayList<>()).add(roster);
            }
        }
        var rosters = new Rosters();
        slices.forEach(rosters::assemble);
        return rosters;
    }

    /** How a roster names a record. */
    public static Bytes hash(RecordType type, Subject subject) {
        return Sha256.of(type, subject);
    }

    /**
     * Whether a record was published and is no longer alive. Records without a publication, and
     * those of trust itself, never die so.
     */
    boolean isDead(Header header) {
        var live = complete.get(header.writer());
        return live != null
                && header.publication() > 0
                && header.publication() <= live.publication()
                && !Deaths.areImmortal(header.type())
                && !live.hashes().contains(hash(header.type(), header.subject()));
    }

    /** What rosters say of a record. */
    enum Listed {
        /** There is none. */
        UNKNOWN,
        /** At least one lists it. */
        YES,
        /** There are some, and none lists it. */
        NO
    }

    /** Whether those of some writers list a record, whatever its publication. */
    Listed list(RecordType type, Subject subject, Predicate<RecordKey> writers) {
        var name = hash(type, subject);
        var listed = Listed.UNKNOWN;
        for (var roster : complete.entrySet()) {
            if (writers.test(roster.getKey())) {
                if (roster.getValue().hashes().contains(name)) {
                    return Listed.YES;
                }
                listed = Listed.NO;
            }
        }
        return listed;
    }

    private void assemble(RecordKey writer, List<Roster> slices) {
        var publications = new TreeMap<Long, List<Roster>>(Comparator.reverseOrder());
        for (var slice : slices) {
            publications.computeIfAbsent(slice.publication(), _ -> new ArrayList<>()).add(slice);
        }
        publications.forEach((publication, own) -> {
            if (!complete.containsKey(writer) && isComplete(own)) {
                var hashes = new TreeSet<Bytes>();
                own.forEach(slice -> hashes.addAll(slice.live()));
                complete.put(writer, new Live(publication, hashes));
            }
        });
    }

    private static boolean isComplete(List<Roster> publication) {
        int count = publication.getFirst().slices();
        return publication.stream().allMatch(slice -> slice.slices() == count)
                && publication.stream().mapToInt(Roster::slice).distinct().count() == count;
    }
}
