// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ip;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.node.driver.DriverContract;
import io.selvedge.plan.IpResource;
import java.util.List;

/** The plan of an edge, in both families, and the plan after it got another pod CIDR. */
abstract class IpContract extends DriverContract<IpResource> {
    static final String SETTING = "net.ipv4.conf.all.send_redirects";

    @Override
    protected List<IpResource> first() {
        return List.of(
                new IpResource.Device("selvedge0"),
                new IpResource.Address(IpAddress.parse("100.71.0.11"), "selvedge0"),
                new IpResource.Address(IpAddress.parse("10.244.1.1"), "selvedge0"),
                new IpResource.Address(IpAddress.parse("fd71::11"), "selvedge0"),
                new IpResource.Unreachable(Cidr.parse("10.244.0.0/16")),
                new IpResource.Unreachable(Cidr.parse("100.71.0.9/32")),
                new IpResource.Unreachable(Cidr.parse("fd44::/48")),
                new IpResource.Unreachable(Cidr.parse("fd45::1/128")),
                new IpResource.DeviceRoute(Cidr.parse("10.96.0.0/16"), "selvedge0"),
                new IpResource.DeviceRoute(Cidr.parse("fd96::/112"), "selvedge0"),
                new IpResource.RuleToMain(Cidr.parse("10.244.1.0/24"), 100),
                new IpResource.RuleToMain(Cidr.parse("10.9.9.9/32"), 100),
                new IpResource.RuleToMain(Cidr.parse("fd44:0:0:1::/64"), 100),
                new IpResource.RuleToTable(219, 210),
                new IpResource.ProbeRule(IpAddress.parse("100.71.0.11"), 221, 90),
                new IpResource.ProbeStop(IpAddress.parse("100.71.0.11"), 91),
                new IpResource.Sysctl(SETTING, "0"));
    }

    @Override
    protected List<IpResource> second() {
        return List.of(
                new IpResource.Device("selvedge0"),
                new IpResource.Address(IpAddress.parse("100.71.0.11"), "selvedge0"),
                new IpResource.Address(IpAddress.parse("10.244.7.1"), "selvedge0"),
                new IpResource.Unreachable(Cidr.parse("10.244.0.0/16")),
                new IpResource.Unreachable(Cidr.parse("10.245.0.0/16")),
                new IpResource.DeviceRoute(Cidr.parse("10.97.0.0/16"), "selvedge0"),
                new IpResource.RuleToMain(Cidr.parse("10.244.7.0/24"), 100),
                new IpResource.Sysctl(SETTING, "1"));
    }
}
