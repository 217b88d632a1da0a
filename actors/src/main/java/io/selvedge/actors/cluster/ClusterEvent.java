// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a Cluster decided, once and for ever. Cases and fields are only ever added. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "created", value = ClusterEvent.Created.class),
    @JsonSubTypes.Type(name = "intended", value = ClusterEvent.Intended.class),
    @JsonSubTypes.Type(name = "node-admitted", value = ClusterEvent.NodeAdmitted.class),
    @JsonSubTypes.Type(name = "node-dismissed", value = ClusterEvent.NodeDismissed.class),
    @JsonSubTypes.Type(name = "named", value = ClusterEvent.Named.class),
    @JsonSubTypes.Type(name = "address-given", value = ClusterEvent.AddressGiven.class),
    @JsonSubTypes.Type(name = "pods-given", value = ClusterEvent.PodsGiven.class),
    @JsonSubTypes.Type(name = "pods-claimed", value = ClusterEvent.PodsClaimed.class),
    @JsonSubTypes.Type(name = "keys-claimed", value = ClusterEvent.KeysClaimed.class),
    @JsonSubTypes.Type(name = "key-spent", value = ClusterEvent.KeySpent.class),
    @JsonSubTypes.Type(name = "epoch-begun", value = ClusterEvent.EpochBegun.class),
    @JsonSubTypes.Type(name = "recovered", value = ClusterEvent.Recovered.class),
    @JsonSubTypes.Type(name = "published", value = ClusterEvent.Published.class)
})
public sealed interface ClusterEvent {
    /** The fabric began. Its prefix was chosen. */
    record Created(String cluster, long epoch, Cidr fabricCidr) implements ClusterEvent {}

    /** An intent is the one that counts. */
    record Intended(long revision, String digest, FabricIntent fabric) implements ClusterEvent {}

    /** A node is wanted. Its name keeps the uid, also when the node vanishes and comes back. */
    record NodeAdmitted(String name, String uid, long revision) implements ClusterEvent {}

    /** A node is wanted no more: pod CIDRs of its manifest are free, what it was given is not. */
    record NodeDismissed(String name) implements ClusterEvent {}

    /** A Community or a service was seen for the first time. */
    record Named(EntityId entity) implements ClusterEvent {}

    /** A node got the fabric address that nobody else gets, ever. */
    record AddressGiven(String uid, IpAddress address) implements ClusterEvent {}

    /** A node got, from a pool, the pod CIDR that nobody else gets, ever. */
    record PodsGiven(String uid, Cidr podCidr) implements ClusterEvent {}

    /** A node has the pod CIDRs of its manifest, instead of those that it had so before. */
    record PodsClaimed(String uid, Mandate mandate, SortedSet<Cidr> podCidrs)
            implements ClusterEvent {
        public PodsClaimed {
            podCidrs = Collections.unmodifiableSortedSet(new TreeSet<>(podCidrs));
        }
    }

    /** Keys are a node's, for ever. */
    record KeysClaimed(String uid, NodeKeys keys) implements ClusterEvent {}

    /** A revoked key, of a node that nobody knows any more, is for nobody. */
    record KeySpent(RecordKey key) implements ClusterEvent {}

    /** Whatever is published from now on is above all that was published before. */
    record EpochBegun(long epoch) implements ClusterEvent {}

    /** The fabric gave a record back that a restored journal had lost. */
    record Recovered(SignedRecord record) implements ClusterEvent {}

    record Published(SignedRecord record) implements ClusterEvent {}
}
