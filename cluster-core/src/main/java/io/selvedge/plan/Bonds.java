// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Subject;
import io.selvedge.plan.Known.Changes;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whom a node means to reach, and why: the answers of one view. */
final class Bonds {
    private final Subject self;
    private final NodeGrant own;
    private final View view;
    private final FabricSettings settings;
    private final SortedSet<Subject> backbone;
    private final @Nullable Subject carrier;

    Bonds(Subject self, NodeGrant own, View view, FabricSettings settings) {
        this.self = self;
        this.own = own;
        this.view = view;
        this.settings = settings;
        this.backbone = view.backbone(self);
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

    /** Nodes among which are all that this one has bonds with. */
    Set<Subject> candidates() {
        if (isConnector()) {
            return view.grants().keySet();
        }
        var candidates = new TreeSet<>(backbone);
        if (carrier != null) {
            candidates.add(carrier);
        }
        for (var name : own.communities()) {
            candidates.addAll(view.members(name));
        }
        return candidates;
    }

    /** The bond with another node; null when there is none. */
    @Nullable Bond with(Subject node) {
        if (isConnector()) {
            return self.equals(carrier) && view.grant(node) != null && !isConnector(node)
                    ? Bond.CONNECTOR
                    : null;
        }
        if (node.equals(carrier)) {
            return Bond.CONNECTOR;
        }
        if (node.equals(self) || isConnector(node)) {
            return null;
        }
        for (var name : own.communities()) {
            var community = view.communities().get(name);
            if (community != null && view.isMember(self, name) && view.isMember(node, name)) {
                return Bond.of(community);
            }
        }
        return backbone.contains(node) ? Bond.BACKBONE : null;
    }

    /**
     * Whether these changes may bind this node to others than those they are of. Settings and the
     * own grant have to be the same as before.
     */
    boolean mayChangeBy(Changes changes) {
        return !Collections.disjoint(changes.communities().keySet(), own.communities())
                || !Collections.disjoint(changes.grants().keySet(), settings.connectors().keySet());
    }

    private boolean isConnector(Subject node) {
        var grant = view.grant(node);
        return grant != null
                && grant.says().isConnector()
                && settings.connectors().containsKey(node);
    }
}
