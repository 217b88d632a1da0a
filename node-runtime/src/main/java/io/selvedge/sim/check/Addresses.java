// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.check;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload;
import io.selvedge.model.Subject;
import io.selvedge.sim.world.Broken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** No address twice: neither a fabric address, nor a pod prefix, nor a key. */
final class Addresses {
    private static final String NAME = "no address twice";

    private final Map<Object, Subject> owners = new HashMap<>();
    private int read;

    /** Over all time: what was once granted to a node is never another's. */
    void check(List<SignedRecord> decided) {
        for (var record : decided.subList(read, decided.size())) {
            record.statement()
                    .ifPresent(said -> {
                        if (said.payload() instanceof Payload.NodeGrant grant) {
                            var node = said.header().subject();
                            check(node, grant.fabricAddress());
                            grant.podCidrs().forEach(cidr -> check(node, cidr));
                        }
                    });
        }
        read = decided.size();
    }

    private void check(Subject node, Object given) {
        var owner = owners.putIfAbsent(given, node);
        if (owner != null && !owner.equals(node)) {
            throw new Broken(NAME, "%s is given to %s, and was %s's".formatted(given, node, owner));
        }
    }

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
