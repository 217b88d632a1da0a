// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.lab.cni.CniChain;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.plan.Diff;
import io.selvedge.plan.Planned;
import io.selvedge.plan.Reason;
import io.selvedge.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real plugins take what we write. */
class CniPluginsNetnsIT {
    @TempDir private Path folder;

    @Test
    void twoPodsPingEachOtherAndLeaveNothing() throws IOException {
        var conflist = CniContract.conflist(1400, "10.244.1.0/24", "fd44:0:0:1::/64");
        var planned = new Planned<>(conflist, new Reason("a test wants it", List.of()));
        var ipam = folder.resolve("ipam");
        new CniDriver(folder, ipam).apply(new Diff<>(new TreeSet<>(), List.of(planned)));

        try (var node = NetworkNamespace.create("machine-cni");
                var one = NetworkNamespace.create("machine-cni");
                var two = NetworkNamespace.create("machine-cni")) {
            var chain =
                    new CniChain(folder.resolve("10-selvedge.conflist"), node.commands().prefix());
            var first = chain.add("one", one.path(), "eth0").addresses();
            var second = chain.add("two", two.path(), "eth0").addresses();

            assertThat(first).containsExactly(address("10.244.1.2"), address("fd44:0:0:1::2"));
            assertThat(second).containsExactly(address("10.244.1.3"), address("fd44:0:0:1::3"));
            second.forEach(to -> one.exec("ping -c 1 -W 5 " + to));
            assertThat(one.exec("ip link show eth0")).contains("mtu 1400");
            one.exec("ping -c 1 -W 5 " + Cidr.parse("10.244.1.0/24").gateway());

            chain.del("one", one.path(), "eth0");
            chain.del("one", one.path(), "eth0");
            chain.del("two", two.path(), "eth0");
            assertThat(one.succeeds("ip link show eth0")).isFalse();
            try (var left = Files.list(ipam.resolve("selvedge"))) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("10.") || name.startsWith("fd44"));
            }
        }
    }

    private static IpAddress address(String literal) {
        return IpAddress.parse(literal);
    }
}
