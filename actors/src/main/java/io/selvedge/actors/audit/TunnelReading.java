// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static io.selvedge.actors.audit.EventReading.said;

import io.selvedge.actors.audit.EventReading.Told;
import io.selvedge.actors.tunnel.Account;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;

/** What happened to a Tunnel. */
final class TunnelReading {
    private TunnelReading() {}

    static EventReading read(TunnelEvent event) {
        var account = event.account();
        return switch (event) {
            case TunnelEvent.Planned _ -> told(Stage.PLANNED, account, TunnelHealth.PLANNED);
            case TunnelEvent.Established _ ->
                    told(Stage.ESTABLISHED, account, TunnelHealth.ESTABLISHED);
            case TunnelEvent.Relayed _ -> told(Stage.RELAYED, account, TunnelHealth.RELAYED);
            case TunnelEvent.Lost _ -> told(Stage.LOST, account, TunnelHealth.LOST);
            // It moves from one path of its own to another, and stands.
            case TunnelEvent.Moved _ -> told(Stage.MOVED, account, TunnelHealth.ESTABLISHED);
            case TunnelEvent.Rekeyed _ -> told(Stage.REKEYED, account);
            case TunnelEvent.Refused _ -> told(Stage.REFUSED, account, TunnelHealth.REFUSED);
            case TunnelEvent.Removed _ ->
                    told(Stage.REMOVED, account).standing(new Standing(end(account), null));
        };
    }

    static String says(Stage stage, Way way) {
        return switch (stage) {
            case PLANNED -> "the tunnel is planned";
            case ESTABLISHED -> "the tunnel stands: " + says(way);
            case RELAYED -> "a relay carries the tunnel";
            case LOST -> "nothing carries the tunnel";
            case MOVED -> "the tunnel moved: " + says(way);
            case REKEYED -> "the tunnel has new keys";
            case REFUSED -> "the tunnel was refused";
            case REMOVED -> "the tunnel is planned no more";
        };
    }

    private static String says(Way way) {
        return switch (way) {
            case DIRECT -> "direct";
            case LAN -> "on the LAN";
            case RELAY -> "by a relay";
            case NONE -> "";
        };
    }

    private static EventReading told(Stage stage, Account account, TunnelHealth health) {
        var fact = new Fact.TunnelEnd(end(account), health, says(account.way()));
        return told(stage, account).standing(new Standing(end(account), fact));
    }

    private static EventReading told(Stage stage, Account account) {
        return said(says(stage, account.way()))
                .because(account.cause())
                .told(new Told(end(account), account.at(), account.hlc(), account.receivedAt()));
    }

    private static String end(Account account) {
        return account.reporter().toString();
    }
}
