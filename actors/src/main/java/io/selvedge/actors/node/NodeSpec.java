// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.Role;
import io.selvedge.model.Subject;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a node is to be.
 *
 * @param admitted the revision of the intent with which the node came, or came back
 * @param keys that it is registered with; without any it keeps those it had
 * @param communities of which it may be a member
 * @param backbone its peers for control alone
 */
public record NodeSpec(
        NodeIntent node,
        long admitted,
        @Nullable NodeKeys keys,
        SortedSet<String> communities,
        SortedSet<Subject> backbone) {
    public NodeSpec {
        communities = Collections.unmodifiableSortedSet(new TreeSet<>(communities));
        backbone = Collections.unmodifiableSortedSet(new TreeSet<>(backbone));
    }

    boolean isEdge() {
        return node.roles().contains(Role.EDGE);
    }
}
