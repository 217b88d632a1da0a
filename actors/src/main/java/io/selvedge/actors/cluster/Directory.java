// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import io.selvedge.actors.cluster.ClusterState.Founded;
import io.selvedge.actors.cluster.ClusterState.Member;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.record.Writers;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Subject;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a Cluster tells those who command other entities in its name: who is who, and under which
 * mandate. A view of its state at one moment; a later one supersedes it.
 */
public final class Directory {
    private final Founded state;

    private Directory(Founded state) {
        this.state = state;
    }

    /** Empty before the fabric was created. */
    public static Optional<Directory> of(ClusterState state) {
        return state instanceof Founded founded
                ? Optional.of(new Directory(founded))
                : Optional.empty();
    }

    public String cluster() {
        return state.cluster();
    }

    public Mandate mandate() {
        return new Mandate(state.stand().epoch(), state.revision());
    }

    /** Of the intent that the mandate is for. */
    public String digest() {
        return state.digest();
    }

    /** By name, also those that are wanted no more. */
    public SortedMap<String, Member> members() {
        return state.members();
    }

    /** Communities and services that were ever seen. */
    public SortedSet<EntityId> named() {
        return new TreeSet<>(state.named().values());
    }

    /** The node that was granted a key, ever. */
    public Optional<Subject> holder(RecordKey key) {
        return Optional.ofNullable(state.holdings().recordKeys().get(key))
                .filter(uid -> !uid.equals(Holdings.NOBODY))
                .map(uid -> new Subject(cluster(), uid));
    }

    public Writers writers() {
        return new Writers(cluster(), this::holder);
    }
}
