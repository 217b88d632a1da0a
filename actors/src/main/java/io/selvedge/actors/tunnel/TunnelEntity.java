// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.entity.Entity;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.node.NodeCommand;
import java.util.List;

/** A Tunnel, by its two ends: what each of them reported, each report once and in order. */
public final class TunnelEntity implements Entity<TunnelCommand, TunnelEvent, TunnelState> {
    @Override
    public TunnelState empty() {
        return TunnelState.EMPTY;
    }

    @Override
    public Decision<TunnelEvent> decide(TunnelState state, TunnelCommand command) {
        return switch (command) {
            case TunnelCommand.Hear(var change, var account) -> {
                var told =
                        new Tell(
                                account.reporter().toString(),
                                new NodeCommand.Told(account.report()));
                List<TunnelEvent> events =
                        state.hasHeard(account.report())
                                ? List.of()
                                : List.of(event(change, account));
                yield new Decision<>(events, List.of(told), List.of());
            }
        };
    }

    @Override
    public TunnelState evolve(TunnelState state, TunnelEvent event) {
        return state.with(change(event), event.account());
    }

    private static TunnelEvent event(TunnelChange change, Account account) {
        return switch (change) {
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

    private static TunnelChange change(TunnelEvent event) {
        return switch (event) {
            case TunnelEvent.Planned _ -> TunnelChange.PLANNED;
            case TunnelEvent.Established _ -> TunnelChange.ESTABLISHED;
            case TunnelEvent.Relayed _ -> TunnelChange.RELAYED;
            case TunnelEvent.Lost _ -> TunnelChange.LOST;
            case TunnelEvent.Moved _ -> TunnelChange.MOVED;
            case TunnelEvent.Rekeyed _ -> TunnelChange.REKEYED;
            case TunnelEvent.Refused _ -> TunnelChange.REFUSED;
            case TunnelEvent.Removed _ -> TunnelChange.REMOVED;
        };
    }
}
