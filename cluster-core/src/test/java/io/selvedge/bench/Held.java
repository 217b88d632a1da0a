// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.bench;

import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What an edge holds, and a peer's endpoint that moves on and on: after the last of its versions
 * everything begins anew, from a copy.
 */
final class Held {
    private static final int VERSIONS = 1_024;

    private final RecordSet first;
    private final List<SignedRecord> versions = new ArrayList<>();
    private RecordSet now;
    private int next;

    Held(LargeFabric fabric) {
        first = new RecordSet(signed(fabric.statementsOfEdge()));
        now = first.copy();
        for (int version = 2; version < VERSIONS; version++) {
            versions.addAll(signed(List.of(fabric.endpoint(2, version))));
        }
    }

    /** A signer whose signatures nobody could verify: merging and comparing never do. */
    private record Unsigned(RecordKey key) implements Signer {
        @Override
        public Bytes sign(Bytes bytes) {
            return Bytes.of(new byte[64]);
        }
    }

    static List<SignedRecord> signed(Collection<Statement> statements) {
        return statements.stream()
                .map(said ->
                        new Unsigned(said.header().writer()).sign(said.header(), said.payload()))
                .toList();
    }

    RecordSet records() {
        return now;
    }

    /** The next version, of which nothing is held. */
    SignedRecord next() {
        if (next == versions.size()) {
            next = 0;
            now = first.copy();
        }
        return versions.get(next++);
    }
}
