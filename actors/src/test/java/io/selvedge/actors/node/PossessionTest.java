// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.fabric.Possession;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Subject;
import io.selvedge.pki.IkeKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A node's grant carries the proof of its consent, if that was given to this authority. */
class PossessionTest {
    private static final Subject NODE = new Subject("beijing", "uid-1");

    private final RecordSigner authority = Wishes.signer();
    private final List<String> problems = new ArrayList<>();

    @Test
    void aGrantCarriesTheProof() {
        var keys = keys(authority.key());

        assertThat(granted(keys).possession()).isEqualTo(keys.possession());
        assertThat(problems).isEmpty();
    }

    @Test
    void aProofForAnotherAuthorityIsLeftOutAndSaid() {
        var grant = granted(keys(Wishes.signer().key()));

        assertThat(grant.possession()).isEqualTo(Bytes.EMPTY);
        assertThat(problems)
                .contains(
                        "node node1 proves possession of its keys to another authority, so it is"
                                + " granted without; register it again");
    }

    private static NodeKeys keys(RecordKey provenTo) {
        var ike = IkeKeys.generate(new SecureRandom());
        var node = Wishes.signer();
        var proof = Possession.prove(node, ike.ikeKey(), ike.privateKey(), provenTo);
        return new NodeKeys(node.key(), ike.ikeKey(), proof);
    }

    private NodeGrant granted(NodeKeys keys) {
        var entity = new NodeEntity(NODE, authority);
        var intent = Objects.requireNonNull(Wishes.of(0, 1).wish().intent().nodes().get("node1"));
        var spec = new NodeSpec(intent, 1, keys, new TreeSet<>(), new TreeSet<>());
        var state = take(entity, entity.empty(), new NodeCommand.Declare(new Mandate(1, 1), spec));
        var claim = Objects.requireNonNull(Claiming.claim(state));
        var given = new Allocation(IpAddress.parse("100.64.0.10"), intent.podCidrs());
        state = take(entity, state, new NodeCommand.Grant(claim, given));
        return entity.standing(state).stream()
                .map(record -> record.statement().map(Statement::payload).orElseThrow())
                .filter(NodeGrant.class::isInstance)
                .map(NodeGrant.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private NodeState take(NodeEntity entity, NodeState state, NodeCommand command) {
        var decision = entity.decide(state, command);
        problems.addAll(decision.problems());
        var next = state;
        for (var event : decision.events()) {
            next = entity.evolve(next, event);
        }
        return next;
    }
}
