// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import io.selvedge.actors.node.ReportId;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a Tunnel knows. Immutable.
 *
 * @param ends what each end said last, by its subject; an end that never spoke is not there
 * @param heard the last report of each stream
 */
public record TunnelState(PSortedMap<String, End> ends, PSortedMap<String, Long> heard) {
    static final TunnelState EMPTY = new TunnelState(TreePMap.empty(), TreePMap.empty());

    /** What an end said last. */
    public record End(TunnelChange last, Account account) {}

    boolean hasHeard(ReportId report) {
        return report.sequence() <= heard.getOrDefault(report.stream(), 0L);
    }

    TunnelState with(TunnelChange change, Account account) {
        var report = account.report();
        return new TunnelState(
                ends.plus(account.reporter().toString(), new End(change, account)),
                heard.plus(report.stream(), report.sequence()));
    }
}
