// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Lab;
import io.selvedge.lab.Netns;
import io.selvedge.lab.Pinger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packets from one place to an address. */
record Flow(String name, Netns from, @Nullable String source, String to) {

    Pinger start() {
        return Pinger.start(name, from, source, to);
    }

    static Flow betweenPods(Lab lab, String from, String to) {
        return new Flow(from + "->" + to, lab.netns(from), null, lab.podAddress(to));
    }

    static Flow betweenFabricAddresses(Lab lab, String from, String to) {
        return new Flow(
                from + "=>" + to,
                lab.netns(from),
                lab.fabric().member(from).fabricAddress(),
                lab.fabric().member(to).fabricAddress());
    }

    /** Of each pair, pods in one direction and fabric addresses in the other. */
    static List<Flow> of(Lab lab, Collection<Pairs.Pair> pairs) {
        var flows = new ArrayList<Flow>();
        for (var pair : pairs) {
            flows.add(betweenPods(lab, firstPod(lab, pair.a()), firstPod(lab, pair.b())));
            flows.add(betweenFabricAddresses(lab, pair.b(), pair.a()));
        }
        return flows;
    }

    static String firstPod(Lab lab, String node) {
        return lab.topology().podsOf(node).getFirst().name();
    }
}
