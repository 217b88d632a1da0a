// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Payload.Community;
import io.selvedge.plan.PeerPlan.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes two nodes peers.
 *
 * @param community the first, by name, that both are members of; null for other kinds
 */
record Bond(Kind kind, @Nullable Believed<Community> community) {
    static final Bond CONNECTOR = new Bond(Kind.CONNECTOR, null);
    static final Bond BACKBONE = new Bond(Kind.BACKBONE, null);

    static Bond of(Believed<Community> community) {
        return new Bond(Kind.COMMUNITY, community);
    }

    String rule() {
        if (community != null) {
            return "community " + community.says().name();
        }
        return kind == Kind.CONNECTOR ? "every node holds a connector" : "control backbone";
    }

    /** The records that say so, beside the grants of both nodes. */
    List<String> records() {
        return community == null ? List.of() : List.of(community.record());
    }
}
