// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.fabric.View.Believed;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.NodeGrant;
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
    static @Nullable DirectPath between(View view, Subject a, Subject b) {
        var low = a.compareTo(b) <= 0 ? a : b;
        var high = low.equals(a) ? b : a;
        var lowGrant = view.grant(low);
        var highGrant = view.grant(high);
        if (lowGrant == null || highGrant == null) {
            return null;
        }
        if (lowGrant.says().site().equals(highGrant.says().site())) {
            return onLan(view, low, high, highGrant);
        }
        var toLow = reachable(view, low, lowGrant);
        var toHigh = reachable(view, high, highGrant);
        if (toHigh != null) {
            return toLow == null
                    ? new DirectPath(
                            Via.DIRECT,
                            low,
                            toHigh.says(),
                            toHigh.because("the other end is behind NAT"))
                    : new DirectPath(
                            Via.DIRECT,
                            low,
                            toHigh.says(),
                            toHigh.because("the lower subject initiates"));
        }
        return toLow == null
                ? null
                : new DirectPath(
                        Via.DIRECT,
                        high,
                        toLow.says(),
                        toLow.because("the other end is behind NAT"));
    }

    private static @Nullable DirectPath onLan(
            View view, Subject low, Subject high, Believed<NodeGrant> highGrant) {
        var endpoint = view.endpoint(high);
        if (endpoint == null || endpoint.says().addresses().isEmpty()) {
            return null;
        }
        var reason =
                new Reason(
                        "both on the LAN of site " + highGrant.says().site(),
                        List.of(highGrant.record(), endpoint.record()));
        return new DirectPath(Via.LAN, low, endpoint.says().addresses(), reason);
    }

    /** Addresses by which anybody reaches a node, and the records that say so. */
    private record Reachable(List<IpAddress> says, List<String> records) {
        Reason because(String why) {
            return new Reason("reachable at " + says + "; " + why, records);
        }
    }

    private static @Nullable Reachable reachable(
            View view, Subject node, Believed<NodeGrant> grant) {
        var addresses = new ArrayList<>(grant.says().publicAddresses());
        var records = new ArrayList<String>(List.of(grant.record()));
        var seen = view.observation(node);
        if (seen != null && !seen.says().behindNat()) {
            if (!addresses.contains(seen.says().address())) {
                addresses.add(seen.says().address());
            }
            records.add(seen.record());
        }
        return addresses.isEmpty() ? null : new Reachable(addresses, records);
    }
}
