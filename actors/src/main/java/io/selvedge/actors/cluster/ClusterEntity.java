// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import io.selvedge.actors.cluster.ClusterCommand.Allocate;
import io.selvedge.actors.cluster.ClusterCommand.FallBehind;
import io.selvedge.actors.cluster.ClusterCommand.Found;
import io.selvedge.actors.cluster.ClusterCommand.Intend;
import io.selvedge.actors.cluster.ClusterEvent.AddressGiven;
import io.selvedge.actors.cluster.ClusterEvent.Created;
import io.selvedge.actors.cluster.ClusterEvent.EpochBegun;
import io.selvedge.actors.cluster.ClusterEvent.Intended;
import io.selvedge.actors.cluster.ClusterEvent.KeySpent;
import io.selvedge.actors.cluster.ClusterEvent.KeysClaimed;
import io.selvedge.actors.cluster.ClusterEvent.Named;
import io.selvedge.actors.cluster.ClusterEvent.NodeAdmitted;
import io.selvedge.actors.cluster.ClusterEvent.NodeDismissed;
import io.selvedge.actors.cluster.ClusterEvent.PodsClaimed;
import io.selvedge.actors.cluster.ClusterEvent.PodsGiven;
import io.selvedge.actors.cluster.ClusterEvent.Published;
import io.selvedge.actors.cluster.ClusterEvent.Recovered;
import io.selvedge.actors.cluster.ClusterState.Founded;
import io.selvedge.actors.cluster.ClusterState.Member;
import io.selvedge.actors.cluster.ClusterState.Unborn;
import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.entity.Entity;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Step;
import io.selvedge.actors.record.Stand;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.Revocation;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;

/**
 * The Cluster: who is in the fabric, and what only one node may have. It alone gives, and a shard
 * has one of it, so nothing is given twice however many ask at once.
 */
public final class ClusterEntity implements Entity<ClusterCommand, ClusterEvent, ClusterState> {
    private final Signer signer;

    public ClusterEntity(Signer signer) {
        this.signer = signer;
    }

    @Override
    public ClusterState empty() {
        return new Unborn();
    }

    @Override
    public Decision<ClusterEvent> decide(ClusterState state, ClusterCommand command) {
        return switch (command) {
            case Intend intend -> new Intending(signer, intend).decide(state);
            case Allocate allocate ->
                    state instanceof Founded founded
                            ? new Allotting(founded, allocate).decide()
                            : Decision.refused("%s has no fabric yet".formatted(allocate.uid()));
            case Found found -> found(state, found);
            case FallBehind behind -> fallBehind(state, behind);
        };
    }

    @Override
    public ClusterState evolve(ClusterState state, ClusterEvent event) {
        return switch (state) {
            case Unborn _ when event instanceof Created(var cluster, var epoch, var prefix) ->
                    new Founded(cluster, new Holdings(prefix), Stand.EMPTY.inEpoch(epoch));
            case Unborn _ ->
                    throw new IllegalArgumentException("before the fabric was created: " + event);
            case Founded founded -> evolve(founded, event);
        };
    }

    @Override
    public List<SignedRecord> standing(ClusterState state) {
        return state instanceof Founded founded ? List.copyOf(founded.stand().all()) : List.of();
    }

    @Override
    public Optional<SignedRecord> published(ClusterEvent event) {
        return event instanceof ClusterEvent.Published(var record)
                ? Optional.of(record)
                : Optional.empty();
    }

    private static Founded evolve(Founded state, ClusterEvent event) {
        var holdings = state.holdings();
        return switch (event) {
            case Created _ -> throw new IllegalArgumentException("created twice: " + event);
            case Intended(var revision, var digest, var fabric) ->
                    state.intended(revision, digest, fabric);
            case NodeAdmitted(var name, var uid, var revision) ->
                    state.with(name, new Member(uid, true, revision));
            case NodeDismissed(var name) -> dismissed(state, name);
            case Named(var entity) -> state.with(entity);
            case AddressGiven(var uid, var address) ->
                    state.with(holdings.withAddress(uid, address));
            case PodsGiven(var uid, var pods) ->
                    state.with(holdings.withPods(uid, List.of(pods), true));
            case PodsClaimed(var uid, var mandate, var pods) ->
                    state.with(holdings.claimed(uid, mandate, pods));
            case KeysClaimed(var uid, var keys) -> state.with(holdings.withKeys(uid, keys));
            case KeySpent(var key) -> state.with(holdings.withSpent(key));
            case EpochBegun(var epoch) -> state.with(state.stand().inEpoch(epoch));
            case Recovered(var record) -> state.with(state.stand().recovered(record));
            case Published(var record) -> state.with(state.stand().with(record));
        };
    }

    private static Founded dismissed(Founded state, String name) {
        var member = state.members().get(name);
        if (member == null) {
            throw new IllegalArgumentException("dismissed but never admitted: " + name);
        }
        return state.with(name, new Member(member.uid(), false, member.revision()))
                .with(state.holdings().withoutClaims(member.uid()));
    }

    /** A lost authority begins again from its own settings; a restored one takes what it lacks. */
    private Decision<ClusterEvent> found(ClusterState state, Found found) {
        var step = new Step<ClusterEvent, ClusterState>(state, this::evolve);
        for (var record : found.records()) {
            record.statement()
                    .filter(_ -> record.header().writer().equals(signer.key()))
                    .ifPresent(said -> recover(step, record, said));
        }
        if (step.state() instanceof Founded founded && founded.stand().isBehind()) {
            step.happen(new EpochBegun(founded.stand().found() + 1));
        }
        return Publishing.settings(signer, step).decision();
    }

    private static void recover(
            Step<ClusterEvent, ClusterState> step, SignedRecord record, Statement said) {
        if (step.state() instanceof Unborn && said.payload() instanceof FabricSettings lost) {
            long epoch = record.version().epoch() + 1;
            step.happen(new Created(lost.cluster(), epoch, lost.fabricCidr()));
        }
        if (!(step.state() instanceof Founded founded)) {
            return;
        }
        if (said.payload() instanceof Revocation(var key, _)) {
            if (!founded.holdings().recordKeys().containsKey(key)) {
                step.happen(new KeySpent(key));
            }
        } else if (founded.stand().lacks(record)) {
            step.happen(new Recovered(record));
        }
    }

    private Decision<ClusterEvent> fallBehind(ClusterState state, FallBehind behind) {
        var step = new Step<ClusterEvent, ClusterState>(state, this::evolve);
        if (!(state instanceof Founded founded)) {
            return Decision.refused(
                    "records of %s were found before those of the fabric"
                            .formatted(behind.entity()));
        }
        var entity = behind.entity();
        boolean isNamed =
                entity.kind() == EntityKind.COMMUNITY || entity.kind() == EntityKind.SERVICE;
        if (isNamed && !founded.named().containsKey(entity.toString())) {
            step.happen(new Named(entity));
        }
        if (behind.lost() != null) {
            takeBack(step, founded, behind.lost());
        }
        if (behind.version().epoch() >= founded.stand().epoch()) {
            step.happen(new EpochBegun(behind.version().epoch() + 1));
        }
        return Publishing.settings(signer, step).decision();
    }

    /** What the fabric says of a node is believed where it contradicts nothing that is known. */
    private static void takeBack(
            Step<ClusterEvent, ClusterState> step, Founded founded, Lost lost) {
        var holdings = founded.holdings();
        String uid = lost.uid();
        if (!founded.members().containsKey(lost.name()) && !isUidOf(founded.members(), uid)) {
            step.happen(new NodeAdmitted(lost.name(), uid, founded.revision()));
        }
        var address = lost.had().fabricAddress();
        if (!holdings.addresses().containsKey(uid)
                && !holdings.given().containsKey(address)
                && holdings.fabricCidr().contains(address)) {
            step.happen(new AddressGiven(uid, address));
        }
        for (var pods : Holdings.widest(lost.had().podCidrs())) {
            if (holdings.sharers(pods).isEmpty() && isOfPool(founded, pods)) {
                step.happen(new PodsGiven(uid, pods));
            }
        }
        if (!holdings.recordKeys().containsKey(lost.keys().recordKey())
                && !holdings.ikeKeys().containsKey(lost.keys().ikeKey())) {
            step.happen(new KeysClaimed(uid, lost.keys()));
        }
    }

    static boolean isUidOf(PSortedMap<String, Member> members, String uid) {
        return members.values().stream().anyMatch(member -> member.uid().equals(uid));
    }

    /** To an authority that lost its pools, anything may be of one. */
    private static boolean isOfPool(Founded founded, Cidr pods) {
        var intent = founded.intent();
        return intent == null
                || intent.podPools().stream().anyMatch(pool -> pool.cidr().contains(pods));
    }
}
