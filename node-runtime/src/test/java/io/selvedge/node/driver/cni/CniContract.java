// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.cni;

import io.selvedge.model.Cidr;
import io.selvedge.node.driver.DriverContract;
import io.selvedge.plan.Conflist;
import java.util.List;
import java.util.TreeSet;

/** The conflist of an edge, and the one after it got another pod CIDR. */
abstract class CniContract extends DriverContract<Conflist> {
    static Conflist conflist(int mtu, String... cidrs) {
        var podCidrs = new TreeSet<>(List.of(cidrs).stream().map(Cidr::parse).toList());
        return new Conflist("selvedge", "cni0", mtu, podCidrs);
    }

    @Override
    protected List<Conflist> first() {
        return List.of(conflist(1400, "10.244.1.0/24", "fd44:0:0:1::/64"));
    }

    @Override
    protected List<Conflist> second() {
        return List.of(conflist(1360, "10.244.7.0/24"));
    }
}
