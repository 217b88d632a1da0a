// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static io.selvedge.actors.audit.EventReading.said;

import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.persistence.EntityNames;
import io.selvedge.model.Intent.FabricIntent;
import java.util.Collection;
import java.util.List;

/** What a Cluster decided. */
final class ClusterReading {
    private ClusterReading() {}

    static EventReading read(ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.Created(var cluster, _, var cidr) ->
                    said("the fabric of %s began, with addresses of %s".formatted(cluster, cidr));
            case ClusterEvent.Intended(var revision, var digest, var fabric) ->
                    said("revision %d of the intent counts (%s)".formatted(revision, digest))
                            .standing(new Standing("settings", fact(fabric)));
            case ClusterEvent.NodeAdmitted(var name, var uid, _) ->
                    said("node %s (%s) is wanted".formatted(name, uid));
            case ClusterEvent.NodeDismissed(var name) ->
                    said("node " + name + " is wanted no more");
            case ClusterEvent.Named(var entity) ->
                    said(
                            "%s %s was seen for the first time"
                                    .formatted(EntityNames.kind(entity.kind()), entity.id()));
            case ClusterEvent.AddressGiven(var uid, var address) ->
                    said("node %s got %s".formatted(uid, address));
            case ClusterEvent.PodsGiven(var uid, var cidr) ->
                    said("node %s got pods of %s, from a pool".formatted(uid, cidr));
            case ClusterEvent.PodsClaimed(var uid, var mandate, var cidrs) ->
                    said("node %s has pods of %s".formatted(uid, texts(cidrs)))
                            .wanted(mandate, "its manifest says so");
            case ClusterEvent.KeysClaimed(var uid, _) -> said("node " + uid + " has its keys");
            case ClusterEvent.KeySpent(var key) -> said("the revoked key " + key + " is nobody's");
            case ClusterEvent.EpochBegun(var epoch) ->
                    said("epoch %d of the authority began".formatted(epoch));
            case ClusterEvent.Recovered(var record) -> EventReading.recovered(record);
            case ClusterEvent.Published(var record) -> EventReading.published(record);
        };
    }

    private static Fact.OfFabric fact(FabricIntent fabric) {
        return new Fact.OfFabric(
                fabric.cluster(),
                texts(fabric.clusterCidrs()),
                texts(fabric.serviceCidrs()),
                List.copyOf(fabric.connectors().keySet()));
    }

    static List<String> texts(Collection<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
