// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The {@code selvedge.io/v1alpha1 Lab} document, read strictly. Every mistake is reported at once,
 * each with file, line, field and fix.
 */
final class LabDocument {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final Cidr TRANSFER = Cidr.parse("10.98.0.0/16");
    private static final String API_VERSION = "selvedge.io/v1alpha1";

    private final String file;
    private final List<String> problems = new ArrayList<>();
    private final List<Topology.Site> sites = new ArrayList<>();
    private final List<Topology.Node> nodes = new ArrayList<>();
    private final List<Topology.Pod> pods = new ArrayList<>();

    private LabDocument(String file) {
        this.file = file;
    }

    static Topology parse(String file, Node document) {
        return new LabDocument(file).read(document);
    }

    private Topology read(Node document) {
        var top = new Fields(file, "", document, problems);
        top.required("apiVersion", text -> exactly(API_VERSION, text), "write " + API_VERSION);
        top.required("kind", text -> exactly("Lab", text), "write Lab");
        top.ignore("metadata");
        var spec = top.mapping("spec", "describe sites, nodes and pods there");
        spec.list("sites").forEach(this::site);
        spec.list("nodes").forEach(this::node);
        spec.list("pods").forEach(this::pod);
        if (sites.isEmpty() && problems.isEmpty()) {
            spec.problem("sites", "is empty; a lab has at least one site with one node");
        }
        for (var site : sites) {
            if (nodes.stream().noneMatch(node -> node.site().equals(site.name()))
                    && problems.isEmpty()) {
                spec.problem(
                        "sites",
                        "'%s' has no node; put one there or remove the site"
                                .formatted(site.name()));
            }
        }
        spec.end();
        top.end();
        if (!problems.isEmpty()) {
            throw new LabException(String.join("\n", problems));
        }
        return new Topology(sites, nodes, pods);
    }

    private void site(Fields entry) {
        var name = entry.required("name", LabDocument::name, "name the site");
        boolean nat = entry.flag("nat", false);
        var subnet = entry.required("subnet", Cidr::parse, "write the LAN's prefix");
        entry.end();
        if (name == null || subnet == null) {
            return;
        }
        if (subnet.isV6() || subnet.length() > 29 || subnet.overlaps(TRANSFER)) {
            entry.problem(
                    "subnet",
                    subnet
                            + " does not serve; take an IPv4 prefix of at most 29"
                            + " bits outside "
                            + TRANSFER
                            + " (the WAN's own)");
            return;
        }
        for (var other : sites) {
            if (other.name().equals(name)) {
                entry.problem("name", "another site is '%s'; choose another".formatted(name));
            }
            if (other.subnet().overlaps(subnet) && !(nat && other.nat())) {
                entry.problem(
                        "subnet",
                        "%s overlaps that of %s; only NAT sites may"
                                .formatted(subnet, other.name()));
            }
        }
        sites.add(new Topology.Site(name, nat, subnet));
    }

    private void node(Fields entry) {
        var name = entry.required("name", LabDocument::name, "name the node as its manifest does");
        var site = entry.required("site", LabDocument::name, "name one of the sites");
        var address = entry.required("address", IpAddress::parse, "write one of the site's subnet");
        entry.end();
        if (name == null || site == null || address == null) {
            return;
        }
        unused(entry, name);
        var there = sites.stream().filter(one -> one.name().equals(site)).findFirst();
        if (there.isEmpty()) {
            entry.problem(
                    "site",
                    "no site is '%s'; there are %s"
                            .formatted(site, sites.stream().map(Topology.Site::name).toList()));
        } else if (!there.get().subnet().contains(address)
                || address.equals(there.get().subnet().base())
                || address.equals(there.get().gateway())) {
            entry.problem(
                    "address",
                    "%s is not free in %s; take one after its gateway %s"
                            .formatted(address, there.get().subnet(), there.get().gateway()));
        }
        for (var other : nodes) {
            if (other.site().equals(site) && other.address().equals(address)) {
                entry.problem("address", "%s has it; take another".formatted(other.name()));
            }
            if (sites.stream().anyMatch(one -> one.name().equals(other.name()))
                    && other.site().equals(site)) {
                entry.problem(
                        "site",
                        "node %s and its site have one name, so it must be alone"
                                        .formatted(other.name())
                                + " there; rename the site");
            }
        }
        nodes.add(new Topology.Node(name, site, address));
    }

    private void pod(Fields entry) {
        var name = entry.required("name", LabDocument::name, "name the pod");
        var node = entry.required("node", LabDocument::name, "name the node it runs on");
        entry.end();
        if (name == null || node == null) {
            return;
        }
        unused(entry, name);
        if (nodes.stream().noneMatch(one -> one.name().equals(node))) {
            entry.problem(
                    "node",
                    "no node is '%s'; there are %s"
                            .formatted(node, nodes.stream().map(Topology.Node::name).toList()));
        }
        pods.add(new Topology.Pod(name, node));
    }

    /** Nodes and pods share one space of names: both are names of namespaces. */
    private void unused(Fields entry, String name) {
        if (name.equals(Topology.WAN) || name.startsWith("box-")) {
            entry.problem("name", "'%s' is the lab's own; choose another".formatted(name));
        }
        if (nodes.stream().anyMatch(node -> node.name().equals(name))
                || pods.stream().anyMatch(pod -> pod.name().equals(name))) {
            entry.problem("name", "'%s' is taken; choose another".formatted(name));
        }
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a name of at most 40 lower-case letters, digits and hyphens"
                            .formatted(text));
        }
        return text;
    }

    private static String exactly(String wanted, String text) {
        if (!text.equals(wanted)) {
            throw new IllegalArgumentException("'" + text + "' is not known");
        }
        return text;
    }
}
