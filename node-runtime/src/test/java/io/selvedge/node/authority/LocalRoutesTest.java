// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cidr;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LocalRoutesTest {
    @Test
    void readsTheKernelsTable() {
        String table =
                """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
                eth0\t0000A8C0\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
                tun0\t00004764\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
                """;

        assertThat(LocalRoutes.parse(table))
                .containsExactly(
                        Cidr.parse("0.0.0.0/0"),
                        Cidr.parse("100.71.0.0/16"),
                        Cidr.parse("192.168.0.0/16"));
    }

    @Test
    void knowsTheLoopback() throws IOException {
        assertThat(LocalRoutes.read()).contains(Cidr.parse("127.0.0.1/32"));
    }
}
