// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.model.IpAddress;
import io.selvedge.model.Subject;
import io.selvedge.plan.PeerPlan.Via;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The direct path between two nodes, the same from both ends: who initiates, and to where.
 *
 * @param initiator the one end that initiates
 * @param addresses underlay addresses of the other end, in order of preference
 */
record DirectPath(Via via, Subject initiator, List<IpAddress> addresses, Reason reason) {

    /** The best direct path, or null when the relay is all there is. */
    static @Nullable DirectPath between(End a, End b) {
        boolean ordered = a.node().compareTo(b.node()) <= 0;
        var low = ordered ? a : b;
        var high = ordered ? b : a;
        if (low.says().site().equals(high.says().site())) {
            return onLan(low, high);
        }
        var toLow = reachable(low);
        var toHigh = reachable(high);
        if (toHigh != null) {
            var why = toLow == null ? "the other end is behind NAT" : "the lower subject initiates";
            return new DirectPath(Via.DIRECT, low.node(), toHigh.says(), toHigh.because(why));
        }
        return toLow == null
                ? null
                : new DirectPath(
                        Via.DIRECT,
                        high.node(),
                        toLow.says(),
                        toLow.because("the other end is behind NAT"));
    }

    private static @Nullable DirectPath onLan(End low, End high) {
        var endpoint = high.endpoint();
        if (endpoint == null || endpoint.says().addresses().isEmpty()) {
            return null;
        }
        var reason =
                new Reason(
                        "both on the LAN of site " + high.says().site(),
                        List.of(high.grant().record(), endpoint.record()));
        return new DirectPath(Via.LAN, low.node(), endpoint.says().addresses(), reason);
    }

    /** Addresses by which anybody reaches a node, and the records that say so. */
    private record Reachable(List<IpAddress> says, List<String> records) {
        Reason because(String why) {
            return new Reason("reachable at " + says + "; " + why, records);
        }
    }

    private static @Nullable Reachable reachable(End end) {
        var addresses = new ArrayList<>(end.says().publicAddresses());
        var records = new ArrayList<String>(List.of(end.grant().record()));
        var seen = end.observation();
        if (seen != null && !seen.says().behindNat()) {
            if (!addresses.contains(seen.says().address())) {
                addresses.add(seen.says().address());
            }
            records.add(seen.record());
        }
        return addresses.isEmpty() ? null : new Reachable(addresses, records);
    }
}
