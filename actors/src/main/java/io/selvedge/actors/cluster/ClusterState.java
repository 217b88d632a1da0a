// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.record.Stand;
import io.selvedge.model.Intent.FabricIntent;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** What a Cluster knows. Immutable; a change costs little whatever the size. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "unborn", value = ClusterState.Unborn.class),
    @JsonSubTypes.Type(name = "founded", value = ClusterState.Founded.class)
})
public sealed interface ClusterState {
    /** Before the first intent. */
    record Unborn() implements ClusterState {}

    /**
     * Since the fabric was created.
     *
     * @param intent the settings that count; null until the first ones are journaled
     * @param members by name, also those that are wanted no more
     * @param named Communities and services that were ever seen, by {@code kind name}
     */
    record Founded(
            String cluster,
            long revision,
            String digest,
            @Nullable FabricIntent intent,
            PSortedMap<String, Member> members,
            PSortedMap<String, EntityId> named,
            Holdings holdings,
            Stand stand)
            implements ClusterState {
        Founded(String cluster, Holdings holdings, Stand stand) {
            this(cluster, 0, "", null, TreePMap.empty(), TreePMap.empty(), holdings, stand);
        }

        Founded intended(long next, String digestOfIt, FabricIntent fabric) {
            return new Founded(cluster, next, digestOfIt, fabric, members, named, holdings, stand);
        }

        Founded with(String name, Member member) {
            return new Founded(
                    cluster,
                    revision,
                    digest,
                    intent,
                    members.plus(name, member),
                    named,
                    holdings,
                    stand);
        }

        Founded with(EntityId entity) {
            var more = named.plus(entity.toString(), entity);
            return new Founded(cluster, revision, digest, intent, members, more, holdings, stand);
        }

        Founded with(Holdings changed) {
            return new Founded(cluster, revision, digest, intent, members, named, changed, stand);
        }

        Founded with(Stand changed) {
            return new Founded(
                    cluster, revision, digest, intent, members, named, holdings, changed);
        }
    }

    /**
     * Whom a name stands for.
     *
     * @param wanted whether the intent that counts has the node
     * @param revision with which it came, or came back
     */
    record Member(String uid, boolean wanted, long revision) {}
}
