// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.record;

import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Slot;
import io.selvedge.model.Subject;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which entity writes a slot. All entities sign with one key, so this is what keeps two of them
 * from giving two payloads one version: whatever has a scope of its own (a node, a Community, a
 * service) writes all that is in that scope, its roster too; a node also writes, in the fabric's
 * scope, the revocations of keys that it alone was ever granted; the rest of that scope is the
 * Cluster's.
 */
public final class Writers {
    private final String cluster;
    private final Function<RecordKey, Optional<Subject>> holders;

    /**
     * @param holders the node that was granted a key, ever
     */
    public Writers(String cluster, Function<RecordKey, Optional<Subject>> holders) {
        this.cluster = cluster;
        this.holders = holders;
    }

    /** To an authority that lost all it knew, no key is anybody's. */
    public Writers(String cluster) {
        this(cluster, _ -> Optional.empty());
    }

    public EntityId of(Slot slot) {
        return switch (slot.scope()) {
            case Scope.OfNode(var node) -> new EntityId(EntityKind.NODE, node.toString());
            case Scope.OfCommunity(var name) -> new EntityId(EntityKind.COMMUNITY, name);
            case Scope.OfService(var name) -> new EntityId(EntityKind.SERVICE, name);
            case Scope.Fabric() ->
                    revoked(slot)
                            .flatMap(holders)
                            .map(node -> new EntityId(EntityKind.NODE, node.toString()))
                            .orElse(new EntityId(EntityKind.CLUSTER, cluster));
            case Scope.Site _ -> new EntityId(EntityKind.CLUSTER, cluster);
        };
    }

    private static Optional<RecordKey> revoked(Slot slot) {
        String uid = slot.subject().uid();
        return slot.type().equals(RecordType.REVOCATION) && uid.startsWith(Edition.KEY)
                ? Optional.of(RecordKey.ofHex(uid.substring(Edition.KEY.length())))
                : Optional.empty();
    }
}
