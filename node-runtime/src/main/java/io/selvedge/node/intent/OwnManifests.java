// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import io.selvedge.model.Intent.PodPool;
import io.selvedge.model.IpAddress;
import io.selvedge.node.intent.Declaration.Connector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the kinds that are FabEdge's and our own. Strict: a field that nobody reads is a mistake of
 * the writer.
 */
final class OwnManifests {
    private static final Set<String> DOCUMENT = Set.of("apiVersion", "kind", "metadata", "spec");
    private static final Set<String> METADATA =
            Set.of(
                    "name",
                    "uid",
                    "labels",
                    "annotations",
                    "creationTimestamp",
                    "finalizers",
                    "generation",
                    "managedFields",
                    "ownerReferences",
                    "resourceVersion");

    private OwnManifests() {}

    static Declaration community(YamlField document) throws ManifestFault {
        var name = name(document);
        String example = "spec: { members: [beijing.edge1] }";
        var spec = document.get("spec", example).only(Set.of("members"));
        var members = new ArrayList<Located<String>>();
        for (var member : spec.get("members", "members: [beijing.edge1]").items()) {
            String text = member.text();
            int dot = text.indexOf('.');
            if (dot <= 0 || dot == text.length() - 1) {
                throw member.fault(
                        "'" + text + "' is not cluster.node", "write it as beijing.edge1");
            }
            members.add(new Located<>(text, member.place()));
        }
        return new Declaration.OfCommunity(Literals.name(name), name.place(), members);
    }

    static Declaration fabric(YamlField document) throws ManifestFault {
        var name = name(document);
        var spec =
                document.get("spec", "spec: { clusterCIDRs: [10.244.0.0/16], ... }")
                        .only(Set.of("clusterCIDRs", "serviceCIDRs", "podPools", "connectors"));
        var clusterCidrs = spec.get("clusterCIDRs", "clusterCIDRs: [10.244.0.0/16]");
        var serviceCidrs = spec.get("serviceCIDRs", "serviceCIDRs: [10.96.0.0/16]");
        String example = "connectors: [{ node: cloud1, publicAddresses: [203.0.113.2] }]";
        var connectorsField = spec.get("connectors", example);
        var connectors = new ArrayList<Connector>();
        for (var item : notEmpty(connectorsField)) {
            connectors.add(connector(item));
        }
        notEmpty(clusterCidrs);
        var poolsField = spec.find("podPools");
        var pools = new ArrayList<Located<PodPool>>();
        for (var item : poolsField == null ? List.<YamlField>of() : poolsField.items()) {
            pools.add(podPool(item));
        }
        return new Declaration.OfFabric(
                Literals.clusterName(name),
                name.place(),
                Literals.cidrs(clusterCidrs),
                Literals.cidrs(serviceCidrs),
                pools,
                connectors);
    }

    static Declaration lab(YamlField document) throws ManifestFault {
        var name = document.get("metadata", "metadata: { name: demo }").get("name", "name: demo");
        return new Declaration.OfLab(name.text(), name.place());
    }

    private static Located<PodPool> podPool(YamlField item) throws ManifestFault {
        item.only(Set.of("cidr", "maskSize"));
        var cidr = Literals.cidr(item.get("cidr", "cidr: 10.244.128.0/17"));
        var maskSize = item.get("maskSize", "maskSize: 24");
        try {
            return new Located<>(new PodPool(cidr.value(), maskSize.number()), cidr.place());
        } catch (IllegalArgumentException unfit) {
            throw maskSize.fault(
                    String.valueOf(unfit.getMessage()),
                    "it is the prefix length of what one node gets");
        }
    }

    private static Connector connector(YamlField item) throws ManifestFault {
        item.only(Set.of("node", "publicAddresses"));
        var node = item.get("node", "node: cloud1");
        var addresses = new ArrayList<IpAddress>();
        for (var literal :
                notEmpty(item.get("publicAddresses", "publicAddresses: [203.0.113.2]"))) {
            addresses.add(Literals.reachable(new Located<>(literal.text(), literal.place())));
        }
        return new Connector(new Located<>(Literals.name(node), node.place()), addresses);
    }

    private static YamlField name(YamlField document) throws ManifestFault {
        return document.only(DOCUMENT)
                .get("metadata", "metadata: { name: ... }")
                .only(METADATA)
                .get("name", "name: ...");
    }

    private static List<YamlField> notEmpty(YamlField list) throws ManifestFault {
        var items = list.items();
        if (items.isEmpty()) {
            throw list.fault("is empty", "name at least one");
        }
        return items;
    }
}
