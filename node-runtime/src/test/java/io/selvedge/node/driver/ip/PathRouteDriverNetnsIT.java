// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ip;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.node.driver.Driver;
import io.selvedge.node.driver.DriverContract;
import io.selvedge.plan.IpResource;
import io.selvedge.testing.NetworkNamespace;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes of carrying paths, in the kernel (N3). */
class PathRouteDriverNetnsIT extends DriverContract<IpResource> {
    private NetworkNamespace node = NetworkNamespace.create("machine-paths");

    @BeforeEach
    void makeDevices() {
        node.exec("ip link add ipsec1 type bridge");
        node.exec("ip link set ipsec1 up");
        node.exec("ip address add 10.244.1.1/32 dev ipsec1");
        node.exec("ip address add 100.71.0.11/32 dev ipsec1");
    }

    @AfterEach
    void removeNode() {
        node.close();
    }

    @Override
    protected Driver<IpResource> opened() {
        return new PathRouteDriver(node.commands());
    }

    @Override
    protected List<IpResource> first() {
        return List.of(path("10.244.2.0/24", "10.244.1.1"), path("100.71.0.12/32", "100.71.0.11"));
    }

    @Override
    protected List<IpResource> second() {
        return List.of(path("10.244.3.0/24", "10.244.1.1"), path("100.71.0.12/32", "10.244.1.1"));
    }

    @Override
    protected void drift(String key) {
        node.exec("ip route del %s table 219".formatted(key.split(" ", -1)[1]));
    }

    @Test
    void routesOfOthersStay() throws IOException {
        node.exec("ip route add 10.9.0.0/16 dev ipsec1 table 219");
        reconcile(first());
        reconcile(List.of());
        assertThat(node.exec("ip route show table 219")).contains("10.9.0.0/16");
    }

    private static IpResource path(String to, String source) {
        return new IpResource.PathRoute(Cidr.parse(to), "ipsec1", IpAddress.parse(source));
    }
}
