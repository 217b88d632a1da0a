// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.model.Subject;
import java.util.List;

/** What a Tunnel is asked. */
public sealed interface TunnelCommand extends EntityCommand {
    @Override
    default EntityKind kind() {
        return EntityKind.TUNNEL;
    }

    /**
     * One of its ends reports, oldest first; it is told once that is journaled, each time it says
     * so.
     *
     * @param peer the other end
     */
    record Hear(Subject peer, List<Said> said) implements TunnelCommand {
        public Hear {
            said = List.copyOf(said);
            if (said.isEmpty()) {
                throw new IllegalArgumentException("who has nothing to say says nothing");
            }
        }
    }
}
