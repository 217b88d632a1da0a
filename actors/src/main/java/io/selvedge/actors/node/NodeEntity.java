// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.entity.Entity;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.entity.Step;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.node.NodeState.Past;
import io.selvedge.actors.node.NodeState.Removed;
import io.selvedge.actors.node.NodeState.Unknown;
import io.selvedge.actors.node.NodeState.Wanted;
import io.selvedge.actors.record.Recovery;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Subject;
import io.selvedge.report.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Node, by its subject: declared, it claims from its Cluster what must be its own; with that it
 * is granted, until it is removed. It takes its node's reports, each once, and tells its tunnels
 * what was reported of them.
 */
public final class NodeEntity implements Entity<NodeCommand, NodeEvent, NodeState> {
    private final Subject node;
    private final Signer signer;

    public NodeEntity(Subject node, Signer signer) {
        this.node = node;
        this.signer = signer;
    }

    @Override
    public NodeState empty() {
        return new Unknown(Past.NONE);
    }

    @Override
    public Decision<NodeEvent> decide(NodeState state, NodeCommand command) {
        var step = new Step<NodeEvent, NodeState>(state, this::evolve);
        switch (command) {
            case NodeCommand.Declare(var mandate, var spec) -> {
                if (isNew(state, mandate) && !isStanding(state, mandate, spec)) {
                    declare(step, mandate, spec);
                }
            }
            case NodeCommand.Remove(var mandate) -> {
                if (isNew(state, mandate) && isToBeRemoved(state, mandate)) {
                    step.happen(new NodeEvent.Removed(mandate));
                }
            }
            case NodeCommand.Grant(var claim, var allocation) -> {
                if (claim.equals(Claiming.claim(state)) && Claiming.isDue(state)) {
                    step.happen(new NodeEvent.Granted(claim, allocation));
                }
            }
            case NodeCommand.Refuse(var claim, var problem) -> {
                if (claim.equals(Claiming.claim(state)) && Claiming.isNotRefused(state)) {
                    step.happen(new NodeEvent.Refused(claim, problem));
                }
                step.warn(problem);
            }
            case NodeCommand.Found(var records) ->
                    Recovery.lacking(signer.key(), state.past().stand(), records)
                            .forEach(record -> step.happen(new NodeEvent.Recovered(record)));
            case NodeCommand.Open(var hello, var receivedAt) ->
                    Reports.open(step, hello, receivedAt);
            case NodeCommand.Take(var batch, var receivedAt) ->
                    Reports.take(step, batch, receivedAt);
            case NodeCommand.Told(var peer, var upTo) -> {
                if (Reports.isUntold(state.past(), peer, upTo)) {
                    step.happen(new NodeEvent.Told(peer, upTo));
                }
            }
        }
        new Granting(node, signer).publish(step);
        var before = outstanding(state);
        outstanding(step.state()).stream()
                .filter(tell -> !before.contains(tell))
                .forEach(step::tell);
        return step.decision();
    }

    /**
     * One that came back was gone in between, also when nobody told: its old keys are revoked. Not
     * so when records were found since: their keys may be of a later life, which the journal lost.
     */
    private void declare(Step<NodeEvent, NodeState> step, Mandate mandate, NodeSpec spec) {
        if (step.state() instanceof Wanted wanted
                && wanted.spec().admitted() < spec.admitted()
                && wanted.past().stand().found() < wanted.mandate().epoch()) {
            step.happen(new NodeEvent.Removed(mandate));
            new Granting(node, signer).publish(step);
        }
        step.happen(new NodeEvent.Declared(mandate, spec));
    }

    @Override
    public NodeState evolve(NodeState state, NodeEvent event) {
        var past = state.past();
        return switch (event) {
            case NodeEvent.Declared(var mandate, var spec) ->
                    new Wanted(mandate, spec, in(mandate, past));
            case NodeEvent.Removed(var mandate) ->
                    new Removed(mandate, in(mandate, past.dismissed()));
            case NodeEvent.Granted(var claim, var allocation) ->
                    state.with(past.granted(claim, allocation));
            case NodeEvent.Refused(var claim, _) -> state.with(past.refused(claim));
            case NodeEvent.Recovered(var record) ->
                    state.with(past.with(past.stand().recovered(record)));
            case NodeEvent.Published(var record) ->
                    state.with(past.with(past.stand().with(record)));
            case NodeEvent.EpochOpened(var epoch, var nonce, _) ->
                    state.with(past.with(past.inbox().opened(epoch, nonce), past.untold()));
            case NodeEvent.Missed(var first, var last, _, _, _) ->
                    state.with(
                            past.with(past.inbox().tookUpTo(first.epoch(), last), past.untold()));
            case NodeEvent.Reported reported -> state.with(Reports.reported(node, past, reported));
            case NodeEvent.Told(var peer, var upTo) -> state.with(Reports.told(past, peer, upTo));
        };
    }

    /** A claim until it is answered, reports until they are journaled, a loss until it is known. */
    @Override
    public List<Tell> outstanding(NodeState state) {
        var tells = new ArrayList<Tell>();
        Claiming.tell(node, state).ifPresent(tells::add);
        Claiming.behind(node, state).ifPresent(tells::add);
        tells.addAll(Reports.tells(node, state));
        return tells;
    }

    @Override
    public @Nullable Receipt receipt(NodeState state, NodeCommand command) {
        return switch (command) {
            case NodeCommand.Open(var hello, _) -> state.past().inbox().receipt(hello);
            case NodeCommand.Take(var batch, _) -> state.past().inbox().receipt(batch);
            default -> null;
        };
    }

    @Override
    public List<SignedRecord> standing(NodeState state) {
        return List.copyOf(state.past().stand().all());
    }

    @Override
    public Optional<SignedRecord> published(NodeEvent event) {
        return event instanceof NodeEvent.Published(var record)
                ? Optional.of(record)
                : Optional.empty();
    }

    private static Past in(Mandate mandate, Past past) {
        return past.with(past.stand().inEpoch(mandate.epoch()));
    }

    private static boolean isNew(NodeState state, Mandate mandate) {
        return state.past().stand().heeds(mandate) && !mandate.isBefore(mandate(state));
    }

    private static boolean isStanding(NodeState state, Mandate mandate, NodeSpec spec) {
        return state instanceof Wanted wanted
                && wanted.spec().equals(spec)
                && wanted.mandate().epoch() == mandate.epoch();
    }

    /** One that never was needs no removal, but one that was found does. */
    private static boolean isToBeRemoved(NodeState state, Mandate mandate) {
        return switch (state) {
            case Unknown(var past) -> !past.stand().records().isEmpty();
            case Wanted _ -> true;
            case Removed removed -> removed.mandate().epoch() < mandate.epoch();
        };
    }

    private static Mandate mandate(NodeState state) {
        return switch (state) {
            case Unknown _ -> Mandate.NONE;
            case Wanted wanted -> wanted.mandate();
            case Removed removed -> removed.mandate();
        };
    }
}
