// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Topologies and files that several tests use. */
final class Labs {
    private Labs() {}

    /** Two NAT sites, the first with two nodes, and two public ones, as in the demo. */
    static Topology demo() {
        return new Topology(
                List.of(
                        site("cloud", false, "10.99.1.0/24"),
                        site("plant-a", true, "192.168.50.0/24"),
                        site("plant-b", true, "192.168.60.0/24"),
                        site("edge4", false, "10.99.4.0/24")),
                List.of(
                        node("cloud1", "cloud", "10.99.1.2"),
                        node("edge1", "plant-a", "192.168.50.11"),
                        node("edge2", "plant-a", "192.168.50.12"),
                        node("edge3", "plant-b", "192.168.60.13"),
                        node("edge4", "edge4", "10.99.4.2")),
                List.of(new Topology.Pod("edge1-a", "edge1")));
    }

    static List<Cidr> guarded() {
        return List.of(
                Cidr.parse("10.244.0.0/16"),
                Cidr.parse("10.96.0.0/16"),
                Cidr.parse("100.71.0.0/16"));
    }

    static String resource(String name) {
        try (var stream = Labs.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new AssertionError("no resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Topology.Site site(String name, boolean nat, String subnet) {
        return new Topology.Site(name, nat, Cidr.parse(subnet));
    }

    private static Topology.Node node(String name, String site, String address) {
        return new Topology.Node(name, site, IpAddress.parse(address));
    }
}
