// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.node.Claim;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.Version;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a Cluster is asked. */
public sealed interface ClusterCommand extends EntityCommand {
    @Override
    default EntityKind kind() {
        return EntityKind.CLUSTER;
    }

    /**
     * An intent, as far as the cluster decides on it.
     *
     * @param digest tells intents apart
     * @param basis the revision that counted when the intent was read: one that was read before
     *     another was taken in comes too late
     * @param nodes uids by name; empty where the manifest has none
     * @param localRoutes what the authority's host reaches already; only read when the fabric is
     *     created
     * @param chance 32 random bytes, for what is made up: prefix, uids, keys
     */
    record Intend(
            String digest,
            long basis,
            FabricIntent fabric,
            SortedMap<String, String> nodes,
            SortedSet<String> communities,
            SortedSet<String> services,
            SortedSet<Cidr> localRoutes,
            Bytes chance)
            implements ClusterCommand {
        public Intend {
            nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
            communities = Collections.unmodifiableSortedSet(new TreeSet<>(communities));
            services = Collections.unmodifiableSortedSet(new TreeSet<>(services));
            localRoutes = Collections.unmodifiableSortedSet(new TreeSet<>(localRoutes));
        }

        /** Without its chance, of which keys are made. */
        @Override
        public String toString() {
            return "Intend[%s, %s, %s, %s, %s]"
                    .formatted(digest, fabric, nodes, communities, services);
        }
    }

    /**
     * A node asks for what is to be its own; it hears what it is given, each time it asks.
     *
     * @param mandate under which the node was wanted so; of two claims the later one counts
     */
    record Allocate(String uid, Mandate mandate, Claim claim) implements ClusterCommand {}

    /** The fabric holds records of this entity. */
    record Found(List<SignedRecord> records) implements ClusterCommand {
        public Found {
            records = List.copyOf(records);
        }
    }

    /**
     * The fabric holds records of an entity that its journal lost.
     *
     * @param version the highest of them
     * @param lost what a node had, if that was found
     */
    record FallBehind(EntityId entity, Version version, @Nullable Lost lost)
            implements ClusterCommand {}
}
