// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.node.driver.Driver;
import io.selvedge.plan.IpResource;
import io.selvedge.testing.NetworkNamespace;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IpDriverNetnsIT extends IpContract {
    private final NetworkNamespace node = NetworkNamespace.create("machine-ip");

    @AfterEach
    void delete() {
        node.close();
    }

    @Override
    protected Driver<IpResource> opened() {
        return new IpDriver(node.commands(), new TreeSet<>(List.of(SETTING)));
    }

    @Override
    protected boolean isLasting(String key) {
        return key.startsWith("sysctl ");
    }

    @Override
    protected void drift(String key) {
        var rest = key.substring(key.indexOf(' ') + 1);
        switch (IpKeys.parse(key)) {
            case IpResource.Device _ -> node.exec("ip link del " + rest);
            case IpResource.Address(var address, _) ->
                    node.exec("ip address del %s dev selvedge0".formatted(address.asCidr()));
            case IpResource.Unreachable _ -> node.exec("ip route del unreachable " + rest);
            case IpResource.DeviceRoute _ -> node.exec("ip route del " + rest);
            case IpResource.RuleToMain(var to, _) ->
                    node.exec("ip %s rule del to %s".formatted(to.isV6() ? "-6" : "-4", to));
            case IpResource.RuleToTable rule ->
                    node.exec("ip rule del priority %d".formatted(rule.priority()));
            case IpResource.ProbeRule rule ->
                    node.exec("ip rule del priority %d".formatted(rule.priority()));
            case IpResource.ProbeStop rule ->
                    node.exec("ip rule del priority %d".formatted(rule.priority()));
            case IpResource.PathRoute _ -> throw new AssertionError("of another driver");
            case IpResource.Sysctl _ -> throw new AssertionError("a setting cannot be lost");
        }
    }

    @Test
    void theDeviceIsABridgeWithoutPortsThatComesUpAgain() throws IOException {
        reconcile(first());
        assertThat(node.exec("ip -d link show selvedge0")).contains("bridge", "alias selvedge");
        node.exec("ip link set selvedge0 down");
        reconcile(first());
        assertStanding(first());
        assertThat(node.exec("ip link show selvedge0")).contains(",UP");
    }

    @Test
    void aForeignSettingIsSetBack() throws IOException {
        reconcile(first());
        node.exec("sysctl -q -w " + SETTING + "=1");
        reconcile(first());
        assertThat(node.exec("sysctl -n " + SETTING).strip()).isEqualTo("0");
    }

    @Test
    void whatIsForeignIsNeitherReportedNorTouched() throws IOException {
        node.exec("ip link add foreign0 type bridge");
        node.exec("ip link set foreign0 up");
        node.exec("ip address add 192.0.2.1/32 dev foreign0");
        node.exec("ip route add unreachable 10.250.0.0/16 metric 4278198272");
        node.exec("ip route add 10.96.0.0/24 dev foreign0");
        node.exec("ip rule add to 10.250.1.0/24 lookup main priority 99");
        var foreign = snapshot();
        assertThat(opened().observe()).allMatch(this::isLasting);

        reconcile(first());
        reconcile(List.of());

        assertThat(snapshot()).isEqualTo(foreign);
    }

    @Test
    void aDeviceOfAnotherKindWithOurNameIsRefused() {
        node.exec("ip link add selvedge0 type veth peer name other0");
        assertThatThrownBy(() -> reconcile(first()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("File exists")
                .hasMessageContaining("remove it");
    }

    @Test
    void aSettingOfADeviceToComeFailsAfterAllElseWasMade() throws IOException {
        var early = new IpResource.Sysctl("net.ipv4.conf.ipsec0.send_redirects", "0");
        var plan = List.<IpResource>of(new IpResource.Device("selvedge0"), early);
        assertThatThrownBy(() -> reconcile(plan)).hasMessageContaining("ipsec0");
        assertThat(opened().observe()).contains("device selvedge0");
    }

    private String snapshot() {
        return node.exec("ip route show table main")
                + node.exec("ip rule show")
                + node.exec("ip -o address show scope global");
    }
}
