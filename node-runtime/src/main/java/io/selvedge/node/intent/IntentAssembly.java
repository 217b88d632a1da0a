// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.CommunityIntent;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Role;
import io.selvedge.node.intent.Declaration.OfCommunity;
import io.selvedge.node.intent.Declaration.OfFabric;
import io.selvedge.node.intent.Declaration.OfLab;
import io.selvedge.node.intent.Declaration.OfNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins the declarations of a whole folder into an intent, or says what in them does not fit
 * together. Pure; the order of the declarations does not matter but for which of two is blamed.
 */
public final class IntentAssembly {
    private final Map<String, Declaration> byTitle = new HashMap<>();
    private final Map<String, OfNode> byUid = new HashMap<>();
    private final TreeMap<String, OfNode> nodes = new TreeMap<>();
    private final TreeMap<String, OfCommunity> communities = new TreeMap<>();
    private final List<ManifestError> errors = new ArrayList<>();
    private @Nullable OfFabric fabric;

    private IntentAssembly() {}

    /**
     * Assembles what a folder declares: {@link IntentReading.Loaded} or {@link
     * IntentReading.Refused}.
     *
     * @param folder how errors name the folder when no single place is to blame
     */
    public static IntentReading assemble(String folder, Collection<Declaration> declarations) {
        var assembly = new IntentAssembly();
        declarations.forEach(assembly::add);
        var fabric = assembly.fabric;
        if (fabric == null) {
            assembly.errors.add(
                    new Place(folder, 1, 1, "")
                            .error(
                                    "has no Fabric document",
                                    "add one: apiVersion selvedge.io/v1alpha1, kind Fabric"));
            return new IntentReading.Refused(assembly.errors);
        }
        // What stands twice makes others seem wrong: it comes first, alone.
        if (assembly.errors.isEmpty()) {
            assembly.check(fabric);
        }
        return assembly.errors.isEmpty()
                ? new IntentReading.Loaded(assembly.intent(fabric))
                : new IntentReading.Refused(assembly.errors);
    }

    private void add(Declaration declaration) {
        var before = byTitle.putIfAbsent(declaration.title(), declaration);
        if (before != null) {
            refuse(
                    declaration.place(),
                    "%s is declared already, at %s"
                            .formatted(declaration.title(), before.place().brief()),
                    "remove one of the two or give it another name");
            return;
        }
        switch (declaration) {
            case OfNode node -> addNode(node);
            case OfCommunity community -> communities.put(community.name(), community);
            case OfFabric other -> addFabric(other);
            case OfLab _ -> {}
        }
    }

    private void addNode(OfNode node) {
        nodes.put(node.node().name(), node);
        String uid = node.node().uid();
        var before = uid.isEmpty() ? null : byUid.putIfAbsent(uid, node);
        if (before != null) {
            refuse(
                    node.place(),
                    "%s has the uid of %s, at %s"
                            .formatted(node.title(), before.title(), before.place().brief()),
                    "remove metadata.uid from the one that was copied");
        }
    }

    private void addFabric(OfFabric other) {
        if (fabric == null) {
            fabric = other;
        } else {
            refuse(
                    other.place(),
                    "a second Fabric; the first is at " + fabric.place().brief(),
                    "keep exactly one");
        }
    }

    private void check(OfFabric fabric) {
        checkCidrs(fabric);
        checkPodPools(fabric);
        checkPodCidrs(fabric);
        for (var connector : fabric.connectors()) {
            checkConnector(connector.node());
        }
        for (var community : communities.values()) {
            for (var member : community.members()) {
                checkMember(fabric.cluster(), member);
            }
        }
    }

    private void checkCidrs(OfFabric fabric) {
        var seen = new ArrayList<Located<Cidr>>();
        var all = new ArrayList<>(fabric.clusterCidrs());
        all.addAll(fabric.serviceCidrs());
        for (var cidr : all) {
            for (var other : seen) {
                if (cidr.value().overlaps(other.value())) {
                    refuse(
                            cidr.place(),
                            "%s overlaps %s of %s"
                                    .formatted(cidr.value(), other.value(), other.place().field()),
                            "give them ranges of their own");
                    break;
                }
            }
            seen.add(cidr);
        }
    }

    private void checkPodPools(OfFabric fabric) {
        var seen = new ArrayList<Cidr>();
        for (var pool : fabric.podPools()) {
            var cidr = pool.value().cidr();
            if (seen.stream().anyMatch(cidr::overlaps)) {
                refuse(
                        pool.place(),
                        "%s overlaps another pool".formatted(cidr),
                        "give each pool a range of its own");
            } else if (!isInside(fabric, cidr)) {
                refuseOutside(fabric, pool.place(), cidr);
            }
            seen.add(cidr);
        }
    }

    private void checkPodCidrs(OfFabric fabric) {
        var seen = new OverlapIndex();
        for (var node : nodes.values()) {
            if (node.podCidrs().isEmpty()
                    && (fabric.podPools().isEmpty() || !node.node().roles().contains(Role.EDGE))) {
                refuse(
                        node.place(),
                        node.title() + " has no pod CIDR",
                        "add spec.podCIDRs, as [10.244.1.0/24]; edges get theirs from"
                                + " spec.podPools of the Fabric where it has some");
            }
            for (var cidr : node.podCidrs()) {
                var other = seen.add(cidr.value(), node);
                if (other != null) {
                    refuse(
                            cidr.place(),
                            "%s overlaps a pod CIDR of %s, at %s"
                                    .formatted(cidr.value(), other.title(), other.place().brief()),
                            "give each node a range of its own");
                } else if (!isInside(fabric, cidr.value())) {
                    refuseOutside(fabric, cidr.place(), cidr.value());
                }
            }
        }
    }

    private static boolean isInside(OfFabric fabric, Cidr cidr) {
        return fabric.clusterCidrs().stream().anyMatch(each -> each.value().contains(cidr));
    }

    private void refuseOutside(OfFabric fabric, Place place, Cidr cidr) {
        refuse(
                place,
                "%s lies outside every cluster CIDR of the Fabric".formatted(cidr),
                "choose one inside them, or add to spec.clusterCIDRs at " + fabric.place().brief());
    }

    private void checkConnector(Located<String> connector) {
        var node = nodes.get(connector.value());
        if (node == null) {
            refuse(
                    connector.place(),
                    "no Node is named " + connector.value(),
                    "add its manifest or correct the name");
        } else if (!node.node().roles().contains(Role.CONNECTOR)) {
            refuse(
                    connector.place(),
                    "Node %s, at %s, is not a connector"
                            .formatted(connector.value(), node.place().brief()),
                    "give it the label " + NodeManifest.CONNECTOR);
        }
    }

    private void checkMember(String cluster, Located<String> member) {
        int dot = member.value().indexOf('.');
        String of = member.value().substring(0, dot);
        String node = member.value().substring(dot + 1);
        if (!of.equals(cluster)) {
            refuse(
                    member.place(),
                    "%s is of cluster %s, but this fabric is %s"
                            .formatted(member.value(), of, cluster),
                    "write %s.NODE".formatted(cluster));
        } else if (!nodes.containsKey(node)) {
            refuse(
                    member.place(),
                    "no Node is named " + node,
                    "add its manifest or take %s out".formatted(member.value()));
        }
    }

    private void refuse(Place place, String problem, String fix) {
        errors.add(place.error(problem, fix));
    }

    private Intent intent(OfFabric fabric) {
        var connectors = new TreeMap<String, List<IpAddress>>();
        fabric.connectors()
                .forEach(each -> connectors.put(each.node().value(), each.publicAddresses()));
        var nodeIntents = new TreeMap<String, NodeIntent>();
        nodes.forEach((name, node) -> nodeIntents.put(name, node.node()));
        var communityIntents = new TreeMap<String, CommunityIntent>();
        communities.forEach((name, each) ->
                communityIntents.put(name, new CommunityIntent(name, values(each.members()))));
        return new Intent(
                new FabricIntent(
                        fabric.cluster(),
                        values(fabric.clusterCidrs()),
                        values(fabric.serviceCidrs()),
                        connectors,
                        values(fabric.podPools())),
                nodeIntents,
                communityIntents);
    }

    private static <T> SortedSet<T> values(Collection<Located<T>> located) {
        var values = new TreeSet<T>();
        located.forEach(each -> values.add(each.value()));
        return values;
    }
}
