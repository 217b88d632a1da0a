// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import io.selvedge.model.Cause;
import io.selvedge.model.Report;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planned;
import io.selvedge.plan.Resource;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How much another plan changes, and why: by the first that it adds, or else removes. */
final class PlanChange {
    private int added;
    private int removed;
    private @Nullable Cause addedFor;
    private @Nullable Cause removedFor;

    private PlanChange() {}

    /** The report of it; null when the same resources are planned, for whatever reasons. */
    static Report.@Nullable PlanChanged between(@Nullable Plan before, Plan next) {
        var change = new PlanChange();
        change.count(before == null ? new TreeMap<>() : before.ip(), next.ip());
        change.count(before == null ? new TreeMap<>() : before.filter(), next.filter());
        change.count(before == null ? new TreeMap<>() : before.cni(), next.cni());
        change.count(before == null ? new TreeMap<>() : before.relay(), next.relay());
        change.count(before == null ? new TreeMap<>() : before.direct(), next.direct());
        var cause = change.addedFor != null ? change.addedFor : change.removedFor;
        return cause == null ? null : new Report.PlanChanged(change.added, change.removed, cause);
    }

    @SuppressWarnings("ReferenceEquality") // Plans share what did not change.
    private <R extends Resource> void count(
            SortedMap<String, Planned<R>> before, SortedMap<String, Planned<R>> now) {
        if (before == now) {
            return;
        }
        now.forEach((key, planned) -> {
            if (!before.containsKey(key)) {
                added++;
                if (addedFor == null) {
                    var reason = planned.reason();
                    addedFor = Cause.of(reason.rule(), reason.records());
                }
            }
        });
        before.forEach((key, planned) -> {
            if (!now.containsKey(key)) {
                removed++;
                if (removedFor == null) {
                    var reason = planned.reason();
                    removedFor = Cause.of("no longer: " + reason.rule(), reason.records());
                }
            }
        });
    }
}
