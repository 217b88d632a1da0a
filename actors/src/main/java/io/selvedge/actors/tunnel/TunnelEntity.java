// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.entity.Entity;
import io.selvedge.actors.entity.Step;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.model.Report.Stage;

/** A Tunnel, by its two ends: what each of them reported, each report once and in order. */
public final class TunnelEntity implements Entity<TunnelCommand, TunnelEvent, TunnelState> {
    @Override
    public TunnelState empty() {
        return TunnelState.EMPTY;
    }

    @Override
    public Decision<TunnelEvent> decide(TunnelState state, TunnelCommand command) {
        return switch (command) {
            case TunnelCommand.Hear(var peer, var said) -> {
                var step = new Step<TunnelEvent, TunnelState>(state, this::evolve);
                for (var each : said) {
                    if (!step.state().hasHeard(each.account())) {
                        step.happen(event(each.stage(), each.account()));
                    }
                }
                var last = said.getLast().account();
                step.tell(
                        new Tell(
                                last.reporter().toString(),
                                new NodeCommand.Told(peer, last.report())));
                yield step.decision();
            }
        };
    }

    @Override
    public TunnelState evolve(TunnelState state, TunnelEvent event) {
        return state.with(new Said(stage(event), event.account()));
    }

    private static TunnelEvent event(Stage stage, Account account) {
        return switch (stage) {
            case PLANNED -> new TunnelEvent.Planned(account);
            case ESTABLISHED -> new TunnelEvent.Established(account);
            case RELAYED -> new TunnelEvent.Relayed(account);
            case LOST -> new TunnelEvent.Lost(account);
            case MOVED -> new TunnelEvent.Moved(account);
            case REKEYED -> new TunnelEvent.Rekeyed(account);
            case REFUSED -> new TunnelEvent.Refused(account);
            case REMOVED -> new TunnelEvent.Removed(account);
        };
    }

    private static Stage stage(TunnelEvent event) {
        return switch (event) {
            case TunnelEvent.Planned _ -> Stage.PLANNED;
            case TunnelEvent.Established _ -> Stage.ESTABLISHED;
            case TunnelEvent.Relayed _ -> Stage.RELAYED;
            case TunnelEvent.Lost _ -> Stage.LOST;
            case TunnelEvent.Moved _ -> Stage.MOVED;
            case TunnelEvent.Rekeyed _ -> Stage.REKEYED;
            case TunnelEvent.Refused _ -> Stage.REFUSED;
            case TunnelEvent.Removed _ -> Stage.REMOVED;
        };
    }
}
