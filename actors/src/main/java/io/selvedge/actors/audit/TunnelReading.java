// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static io.selvedge.actors.audit.EventReading.said;

import io.selvedge.actors.audit.EventReading.Told;
import io.selvedge.actors.tunnel.Account;
import io.selvedge.actors.tunnel.TunnelChange;
import io.selvedge.actors.tunnel.TunnelEvent;

/** What happened to a Tunnel. */
final class TunnelReading {
    private TunnelReading() {}

    static EventReading read(TunnelEvent event) {
        var account = event.account();
        return switch (event) {
            case TunnelEvent.Planned _ -> told(TunnelChange.PLANNED, account, TunnelHealth.PLANNED);
            case TunnelEvent.Established _ ->
                    told(TunnelChange.ESTABLISHED, account, TunnelHealth.ESTABLISHED);
            case TunnelEvent.Relayed _ -> told(TunnelChange.RELAYED, account, TunnelHealth.RELAYED);
            case TunnelEvent.Lost _ -> told(TunnelChange.LOST, account, TunnelHealth.LOST);
            // It moves from one path of its own to another, and stands.
            case TunnelEvent.Moved _ -> told(TunnelChange.MOVED, account, TunnelHealth.ESTABLISHED);
            case TunnelEvent.Rekeyed _ -> told(TunnelChange.REKEYED, account);
            case TunnelEvent.Refused _ -> told(TunnelChange.REFUSED, account, TunnelHealth.REFUSED);
            case TunnelEvent.Removed _ ->
                    told(TunnelChange.REMOVED, account).standing(new Standing(end(account), null));
        };
    }

    static String says(TunnelChange change, String detail) {
        var says =
                switch (change) {
                    case PLANNED -> "the tunnel is planned";
                    case ESTABLISHED -> "the tunnel stands";
                    case RELAYED -> "a relay carries the tunnel";
                    case LOST -> "nothing carries the tunnel";
                    case MOVED -> "the tunnel moved";
                    case REKEYED -> "the tunnel has new keys";
                    case REFUSED -> "the tunnel was refused";
                    case REMOVED -> "the tunnel is planned no more";
                };
        return detail.isEmpty() ? says : says + ": " + detail;
    }

    private static EventReading told(TunnelChange change, Account account, TunnelHealth health) {
        var fact = new Fact.TunnelEnd(end(account), health, account.detail());
        return told(change, account).standing(new Standing(end(account), fact));
    }

    private static EventReading told(TunnelChange change, Account account) {
        return said(says(change, account.detail()))
                .because(account.cause())
                .told(
                        new Told(
                                end(account),
                                account.at(),
                                LogicalTime.of(account.hlc(), account.at()),
                                account.receivedAt()));
    }

    private static String end(Account account) {
        return account.reporter().toString();
    }
}
