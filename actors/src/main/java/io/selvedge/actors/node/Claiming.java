// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.actors.cluster.ClusterCommand;
import io.selvedge.actors.cluster.Lost;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.node.NodeState.Wanted;
import io.selvedge.actors.record.Recovery;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordType;
import io.selvedge.model.Subject;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a Node asks of its Cluster, and until when. */
final class Claiming {
    private Claiming() {}

    /**
     * What the node claims as it is wanted now; null when it is not, or with revoked keys: then all
     * stays as it is.
     */
    static @Nullable Claim claim(NodeState state) {
        if (!(state instanceof Wanted wanted)) {
            return null;
        }
        var spec = wanted.spec();
        var keys = keys(wanted);
        if (keys != null && isRevoked(state, keys)) {
            return null;
        }
        return new Claim(
                spec.node().name(), spec.admitted(), spec.isEdge(), spec.node().podCidrs(), keys);
    }

    /** Those that are registered; without any, the node's last ones. */
    static @Nullable NodeKeys keys(Wanted wanted) {
        return wanted.spec().keys() == null ? last(wanted) : wanted.spec().keys();
    }

    /** The keys of the grant that stands, or of the claim that was answered last. */
    private static @Nullable NodeKeys last(Wanted wanted) {
        for (var record : wanted.past().stand().all()) {
            var said = record.statement().orElse(null);
            if (said != null && said.payload() instanceof NodeGrant grant) {
                return new NodeKeys(grant.recordKey(), grant.ikeKey(), grant.possession());
            }
        }
        var claim = wanted.past().claim();
        return claim == null ? null : claim.keys();
    }

    /** Whether what the node claims is not answered with what is its own. */
    static boolean isDue(NodeState state) {
        var claim = claim(state);
        return claim != null && !claim.equals(state.past().claim());
    }

    static boolean isNotRefused(NodeState state) {
        return isDue(state) && !Objects.equals(claim(state), state.past().refused());
    }

    static Optional<Tell> tell(Subject node, NodeState state) {
        var claim = claim(state);
        return claim != null && isDue(state) && state instanceof Wanted wanted
                ? Optional.of(
                        new Tell(
                                node.cluster(),
                                new ClusterCommand.Allocate(node.uid(), wanted.mandate(), claim)))
                : Optional.empty();
    }

    /** What the Cluster must hear when this journal had lost something. */
    static Optional<Tell> behind(Subject node, NodeState state) {
        var stand = state.past().stand();
        if (stand.found() == 0 || !stand.isBehind()) {
            return Optional.empty();
        }
        Lost lost = null;
        var last = stand.record(RecordType.NODE_GRANT, node);
        if (last != null && stand.says(RecordType.NODE_GRANT, node) instanceof NodeGrant grant) {
            // What the dead had by their manifests may be others' by now.
            var pods = stand.lives(last) ? grant.podCidrs() : new TreeSet<Cidr>();
            lost =
                    new Lost(
                            node.uid(),
                            grant.name(),
                            new Allocation(grant.fabricAddress(), pods),
                            new NodeKeys(grant.recordKey(), grant.ikeKey(), grant.possession()));
        }
        var entity = new EntityId(EntityKind.NODE, node.toString());
        var version = Recovery.version(stand);
        return Optional.of(
                new Tell(node.cluster(), new ClusterCommand.FallBehind(entity, version, lost)));
    }

    static boolean isRevoked(NodeState state, NodeKeys keys) {
        return state.past().stand().isRevoked(keys.recordKey());
    }
}
