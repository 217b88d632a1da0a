// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload.Endpoint;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Observation;
import io.selvedge.model.Subject;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One end of a tunnel to be: a node, and all that is believed of it. Two equal ends on both sides
 * give an equal tunnel.
 */
record End(
        Subject node,
        Believed<NodeGrant> grant,
        @Nullable Believed<Endpoint> endpoint,
        @Nullable Believed<Observation> observation) {

    /** An end that somebody may look for anywhere. */
    static End of(View view, Subject node) {
        return new End(node, grantOf(view, node), view.endpoint(node), view.observation(node));
    }

    /** An end whose whereabouts do not matter, because the settings name the way. */
    static End granted(View view, Subject node) {
        return new End(node, grantOf(view, node), null, null);
    }

    NodeGrant says() {
        return grant.says();
    }

    /** Where its pods are, and the node itself. */
    SortedSet<Cidr> prefixes() {
        var prefixes = new TreeSet<>(says().podCidrs());
        prefixes.addAll(address());
        return prefixes;
    }

    /** The node itself, without its pods. */
    SortedSet<Cidr> address() {
        var address = new TreeSet<Cidr>();
        address.add(says().fabricAddress().asCidr());
        return address;
    }

    private static Believed<NodeGrant> grantOf(View view, Subject node) {
        var grant = view.grant(node);
        if (grant == null) {
            throw new IllegalStateException("planned a peer without a grant: " + node);
        }
        return grant;
    }
}
