// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import java.util.List;

class MemoryAuditTrailTest extends AuditTrailContract {
    private final MemoryAuditTrail trail = new MemoryAuditTrail();

    @Override
    AuditTrail trail() {
        return trail;
    }

    @Override
    void record(List<Happening> happenings) {
        trail.record(happenings);
    }
}
