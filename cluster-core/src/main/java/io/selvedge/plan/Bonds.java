// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Subject;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whom a node means to reach, and why: the answers of one view. */
final class Bonds {
    private final Subject self;
    private final View view;
    private final FabricSettings settings;
    private final @Nullable Subject carrier;

    Bonds(Subject self, View view, FabricSettings settings) {
        this.self = self;
        this.view = view;
        this.settings = settings;
        // Of several connectors, the first by subject carries the fabric.
        this.carrier =
                settings.connectors().keySet().stream()
                        .filter(this::isConnector)
                        .findFirst()
                        .orElse(null);
    }

    boolean isConnector() {
        return isConnector(self);
    }

    /** The bond of a connector with another node, or null. */
    @Nullable Bond asConnector(Subject node) {
        return self.equals(carrier) && view.grant(node) != null && !isConnector(node)
                ? Bond.CONNECTOR
                : null;
    }

    /** The bonds of a node that is no connector. */
    SortedMap<Subject, Bond> asNode(NodeGrant own) {
        var bonds = new TreeMap<Subject, Bond>();
        if (carrier != null) {
            bonds.put(carrier, Bond.CONNECTOR);
        }
        for (var name : own.communities()) {
            var community = view.communities().get(name);
            var members = view.members(name);
            if (community != null && members.contains(self)) {
                var bond = Bond.of(community);
                members.stream()
                        .filter(this::mayBePeer)
                        .forEach(peer -> bonds.putIfAbsent(peer, bond));
            }
        }
        view.backbone(self).stream()
                .filter(this::mayBePeer)
                .forEach(peer -> bonds.putIfAbsent(peer, Bond.BACKBONE));
        return bonds;
    }

    private boolean mayBePeer(Subject node) {
        return !node.equals(self) && !isConnector(node);
    }

    private boolean isConnector(Subject node) {
        var grant = view.grant(node);
        return grant != null
                && grant.says().isConnector()
                && settings.connectors().containsKey(node);
    }
}
