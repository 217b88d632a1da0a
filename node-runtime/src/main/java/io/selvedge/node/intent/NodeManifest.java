// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import io.selvedge.model.Cidr;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Kubernetes {@code v1 Node}. Fields that say nothing to the fabric are passed over, so
 * that the output of {@code kubectl get node -o yaml} is a manifest.
 */
final class NodeManifest {
    static final String EDGE = "node-role.kubernetes.io/edge";
    static final String CONNECTOR = "node-role.kubernetes.io/connector";
    static final String SITE = "selvedge.io/site";
    static final String ZONE = "topology.kubernetes.io/zone";
    static final String REGION = "topology.kubernetes.io/region";
    static final String PUBLIC_ADDRESSES = "fabedge.io/node-public-addresses";

    private NodeManifest() {}

    static Declaration read(YamlField document) throws ManifestFault {
        var metadata = document.get("metadata", "metadata: { name: edge1 }");
        var nameField = metadata.get("name", "name: edge1");
        String name = Literals.name(nameField);
        var labels = texts(metadata, "labels");
        var podCidrs = podCidrs(document.find("spec"));
        var node =
                new NodeIntent(
                        name,
                        uid(metadata),
                        roles(labels),
                        label(labels, SITE),
                        label(labels, ZONE),
                        label(labels, REGION),
                        values(podCidrs),
                        publicAddresses(texts(metadata, "annotations")));
        return new Declaration.OfNode(node, nameField.place(), podCidrs);
    }

    private static String uid(YamlField metadata) throws ManifestFault {
        var uid = metadata.find("uid");
        return uid == null ? "" : Literals.labelValue(new Located<>(uid.text(), uid.place()));
    }

    private static SortedSet<Role> roles(Map<String, Located<String>> labels) throws ManifestFault {
        boolean edge = labels.containsKey(EDGE);
        var connector = labels.get(CONNECTOR);
        var roles = new TreeSet<Role>();
        roles.add(edge ? Role.EDGE : Role.CLOUD);
        if (connector != null) {
            if (edge) {
                throw new ManifestFault(
                        connector
                                .place()
                                .error(
                                        "stands beside " + EDGE,
                                        "keep one: a connector is a node of the cloud"));
            }
            roles.add(Role.CONNECTOR);
        }
        return roles;
    }

    /** None when an edge is to have its own from the Fabric's pools. */
    private static List<Located<Cidr>> podCidrs(@Nullable YamlField spec) throws ManifestFault {
        var one = spec == null ? null : spec.find("podCIDR");
        var many = spec == null ? null : spec.find("podCIDRs");
        if (one == null) {
            return many == null ? List.of() : several(many);
        }
        var first = Literals.cidr(one);
        if (many == null) {
            return List.of(first);
        }
        var cidrs = several(many);
        if (!cidrs.getFirst().value().equals(first.value())) {
            throw one.fault(
                    "differs from podCIDRs[0], " + cidrs.getFirst().value(), "remove podCIDR");
        }
        return cidrs;
    }

    private static List<Located<Cidr>> several(YamlField list) throws ManifestFault {
        var cidrs = Literals.cidrs(list);
        if (cidrs.isEmpty()) {
            throw list.fault("is empty", "give the node a pod CIDR, as [10.244.1.0/24]");
        }
        return cidrs;
    }

    private static List<IpAddress> publicAddresses(Map<String, Located<String>> annotations)
            throws ManifestFault {
        var annotation = annotations.get(PUBLIC_ADDRESSES);
        var addresses = new ArrayList<IpAddress>();
        if (annotation != null && !annotation.value().isBlank()) {
            for (String literal : annotation.value().split(",", -1)) {
                addresses.add(
                        Literals.reachable(new Located<>(literal.strip(), annotation.place())));
            }
        }
        return addresses;
    }

    private static Map<String, Located<String>> texts(YamlField metadata, String name)
            throws ManifestFault {
        var field = metadata.find(name);
        return field == null ? Map.of() : field.texts();
    }

    private static String label(Map<String, Located<String>> labels, String key)
            throws ManifestFault {
        var label = labels.get(key);
        return label == null ? "" : Literals.labelValue(label);
    }

    private static SortedSet<Cidr> values(List<Located<Cidr>> cidrs) {
        var values = new TreeSet<Cidr>();
        cidrs.forEach(cidr -> values.add(cidr.value()));
        return values;
    }
}
