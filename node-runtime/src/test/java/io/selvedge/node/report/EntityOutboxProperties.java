// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.lifecycle.AfterTry;

/** Reports on their way to entities that crash at any event. */
class EntityOutboxProperties extends OutboxContract {
    private final List<CrashingEntities> used = new ArrayList<>();

    @Override
    Ledger ledger(long seed) {
        var entities = new CrashingEntities(seed);
        used.add(entities);
        return entities;
    }

    @AfterTry
    void tunnelsHeardAllOfTheirs() {
        used.forEach(entities -> entities.checkTunnel(ReportWorld.NODE, ReportWorld.PEER));
        used.clear();
    }
}
