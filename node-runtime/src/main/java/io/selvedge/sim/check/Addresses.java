// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.check;

import io.selvedge.fabric.View;
import io.selvedge.model.Cidr;
import io.selvedge.sim.world.Broken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** No address twice: neither a fabric address, nor a pod prefix, nor a key. */
final class Addresses {
    private static final String NAME = "no address twice";

    private Addresses() {}

    static void check(int node, View view) {
        var seen = new HashSet<Object>();
        int grants = 0;
        var pods = new ArrayList<Cidr>();
        for (var grant : view.grants().values()) {
            var says = grant.says();
            seen.addAll(List.of(says.fabricAddress(), says.recordKey(), says.ikeKey()));
            boolean fresh = seen.size() == 3 * ++grants;
            boolean overlaps =
                    says.podCidrs().stream()
                            .anyMatch(cidr -> pods.stream().anyMatch(cidr::overlaps));
            if (!fresh || overlaps) {
                throw new Broken(
                        NAME,
                        "node %d believes that %s has what another has"
                                .formatted(node, says.name()));
            }
            pods.addAll(says.podCidrs());
        }
    }
}
