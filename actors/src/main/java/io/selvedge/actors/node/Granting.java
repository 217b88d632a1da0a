// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.actors.entity.Step;
import io.selvedge.actors.node.NodeState.Removed;
import io.selvedge.actors.node.NodeState.Unknown;
import io.selvedge.actors.node.NodeState.Wanted;
import io.selvedge.actors.record.Edition;
import io.selvedge.fabric.Possession;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Bytes;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;

/** A Node's edition: its grant, the roster of its scope, and revocations of its keys. */
final class Granting {
    private final Subject node;
    private final Signer signer;

    Granting(Subject node, Signer signer) {
        this.node = node;
        this.signer = signer;
    }

    void publish(Step<NodeEvent, NodeState> step) {
        var state = step.state();
        var stand = state.past().stand();
        var edition = new Edition(stand, signer, node.cluster(), new Scope.OfNode(node));
        switch (state) {
            case Unknown _ -> {
                return;
            }
            case Wanted wanted -> grant(wanted, edition, step);
            case Removed _ -> {
                if (stand.says(RecordType.NODE_GRANT, node) instanceof NodeGrant last) {
                    edition.revoke(
                            last.recordKey(), "node %s is no longer wanted".formatted(last.name()));
                }
            }
        }
        edition.records().forEach(record -> step.happen(new NodeEvent.Published(record)));
        edition.problems().forEach(step::warn);
    }

    private void grant(Wanted wanted, Edition edition, Step<NodeEvent, NodeState> step) {
        String name = wanted.spec().node().name();
        var registered = Claiming.keys(wanted);
        if (registered == null) {
            step.warn(
                    "node %s has no registered keys yet; register it and it gets its grant"
                            .formatted(name));
            return;
        }
        if (Claiming.isRevoked(wanted, registered)) {
            step.warn(
                    "node %s has a record key that was revoked; register new keys for it"
                            .formatted(name));
            keep(wanted, edition);
            return;
        }
        var claim = wanted.past().claim();
        var allocation = wanted.past().allocation();
        var keys = claim == null ? null : claim.keys();
        if (allocation == null || keys == null || Claiming.isDue(wanted)) {
            keep(wanted, edition);
        } else {
            edition.publish(
                    node, grant(wanted.spec(), allocation, keys, possession(wanted, keys, step)));
        }
    }

    /** Lets the grant stand that there is, unless it is dead or its own key was revoked. */
    private void keep(Wanted wanted, Edition edition) {
        var stand = wanted.past().stand();
        var record = stand.record(RecordType.NODE_GRANT, node);
        if (record != null
                && stand.lives(record)
                && stand.says(RecordType.NODE_GRANT, node) instanceof NodeGrant last
                && !Claiming.isRevoked(wanted, new NodeKeys(last.recordKey(), last.ikeKey()))) {
            edition.publish(node, last);
        }
    }

    /** None that was made for another authority: nodes would refuse such a grant. */
    private Bytes possession(Wanted wanted, NodeKeys keys, Step<NodeEvent, NodeState> step) {
        var proof = keys.possession();
        var granted = wanted.past().stand().says(RecordType.NODE_GRANT, node);
        boolean isStanding =
                granted instanceof NodeGrant last
                        && last.possession().equals(proof)
                        && last.recordKey().equals(keys.recordKey())
                        && last.ikeKey().equals(keys.ikeKey());
        if (proof.size() == 0
                || isStanding
                || Possession.holds(
                        signer.key(),
                        keys.recordKey(),
                        keys.ikeKey(),
                        proof,
                        new RecordVerifier())) {
            return proof;
        }
        step.warn(
                "node %s proves possession of its keys to another authority, so it is granted without; register it again"
                        .formatted(wanted.spec().node().name()));
        return Bytes.EMPTY;
    }

    private static NodeGrant grant(
            NodeSpec spec, Allocation allocation, NodeKeys keys, Bytes possession) {
        var node = spec.node();
        return new NodeGrant(
                node.name(),
                node.roles(),
                node.site().isEmpty() ? node.name() : node.site(),
                node.zone(),
                node.region(),
                allocation.fabricAddress(),
                allocation.podCidrs(),
                node.publicAddresses(),
                spec.communities(),
                spec.backbone(),
                keys.recordKey(),
                keys.ikeKey(),
                possession);
    }
}
