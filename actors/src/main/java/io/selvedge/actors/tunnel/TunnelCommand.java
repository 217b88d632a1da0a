// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.EntityKind;

/** What a Tunnel is asked. */
public sealed interface TunnelCommand extends EntityCommand {
    @Override
    default EntityKind kind() {
        return EntityKind.TUNNEL;
    }

    /** One of its ends reports; it is told once that is journaled, each time it says so. */
    record Hear(TunnelChange change, Account account) implements TunnelCommand {}
}
