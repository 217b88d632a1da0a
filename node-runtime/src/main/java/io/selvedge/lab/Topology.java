// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The underlay of a lab and what is plugged into it: sites behind a gateway box each, around one
 * WAN router; nodes on the LANs of sites; pods on nodes. It was checked when it was read.
 */
public record Topology(List<Site> sites, List<Node> nodes, List<Pod> pods) {
    /** The router between all sites. */
    static final String WAN = "wan";

    /** The uplink of a box, as the box calls it; its other side is {@link #LAN}. */
    static final String UPLINK = "wan";

    static final String LAN = "lan";

    public Topology {
        sites = List.copyOf(sites);
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
    }

    /**
     * A LAN with its gateway box.
     *
     * @param nat whether the box hides the LAN behind its own address, and drops what was not asked
     *     for; otherwise the subnet is public
     */
    public record Site(String name, boolean nat, Cidr subnet) {
        IpAddress gateway() {
            return subnet.address(1);
        }

        /** The name of the box's namespace. */
        String box() {
            return "box-" + name;
        }
    }

    /** A machine on the LAN of a site. */
    public record Node(String name, String site, IpAddress address) {}

    /** A pod on a node. */
    public record Pod(String name, String node) {}

    public Site site(String name) {
        return sites.stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("site " + name));
    }

    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("node " + name));
    }

    public boolean hasSite(String name) {
        return sites.stream().anyMatch(site -> site.name().equals(name));
    }

    public boolean hasNode(String name) {
        return nodes.stream().anyMatch(node -> node.name().equals(name));
    }

    public boolean hasPod(String name) {
        return pods.stream().anyMatch(pod -> pod.name().equals(name));
    }

    public List<Node> nodesOf(String site) {
        return nodes.stream().filter(node -> node.site().equals(site)).toList();
    }

    public List<Pod> podsOf(String node) {
        return pods.stream().filter(pod -> pod.node().equals(node)).toList();
    }

    public Site siteOf(Node node) {
        return site(node.site());
    }

    /** The WAN router's interface towards a site. */
    String towards(Site site) {
        return "s" + (sites.indexOf(site) + 1);
    }

    /** The port of the site's bridge that a node's cable is in. */
    String port(Node node) {
        return "p" + (nodes.indexOf(node) + 1);
    }

    /** The transfer net between the WAN router (first address) and a box (second). */
    Cidr transfer(Site site) {
        return Cidr.parse("10.98.%d.0/30".formatted(sites.indexOf(site) + 1));
    }

    IpAddress wanSide(Site site) {
        return transfer(site).address(1);
    }

    /** The address that a NAT site's nodes have for everybody else. */
    IpAddress boxSide(Site site) {
        return transfer(site).address(2);
    }
}
