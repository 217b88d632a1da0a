// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ip;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.plan.IpResource;

/** From the key of an IP resource back to the resource. */
final class IpKeys {
    private IpKeys() {}

    static IpResource parse(String key) {
        var word = key.split(" ", -1);
        var resource =
                switch (word[0]) {
                    case "device" -> new IpResource.Device(word[1]);
                    case "address" -> new IpResource.Address(IpAddress.parse(word[1]), word[3]);
                    case "rule" -> rule(word);
                    case "probes" -> probes(word);
                    case "path" ->
                            new IpResource.PathRoute(
                                    Cidr.parse(word[1]), word[3], IpAddress.parse(word[5]));
                    case "unreachable" -> new IpResource.Unreachable(Cidr.parse(word[1]));
                    case "route" -> new IpResource.DeviceRoute(Cidr.parse(word[1]), word[3]);
                    case "sysctl" -> sysctl(key.substring("sysctl ".length()));
                    default -> throw new IllegalArgumentException("no IP resource: " + key);
                };
        if (!resource.key().equals(key)) {
            throw new IllegalArgumentException("no IP resource: " + key);
        }
        return resource;
    }

    private static IpResource rule(String[] word) {
        return word[1].equals("to")
                ? new IpResource.RuleToMain(Cidr.parse(word[2]), Integer.parseInt(word[6]))
                : new IpResource.RuleToTable(Integer.parseInt(word[2]), Integer.parseInt(word[4]));
    }

    private static IpResource probes(String[] word) {
        var from = IpAddress.parse(word[2]);
        return word[3].equals("lookup")
                ? new IpResource.ProbeRule(
                        from, Integer.parseInt(word[4]), Integer.parseInt(word[6]))
                : new IpResource.ProbeStop(from, Integer.parseInt(word[5]));
    }

    private static IpResource sysctl(String setting) {
        int equals = setting.indexOf('=');
        return new IpResource.Sysctl(setting.substring(0, equals), setting.substring(equals + 1));
    }
}
