// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.model.Report;

/** How reports are named in events. Names are only ever added. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "report")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "started", value = Report.Started.class),
    @JsonSubTypes.Type(name = "plan-changed", value = Report.PlanChanged.class),
    @JsonSubTypes.Type(name = "tunnel", value = Report.Tunnel.class),
    @JsonSubTypes.Type(name = "record-refused", value = Report.RecordRefused.class),
    @JsonSubTypes.Type(name = "drift-healed", value = Report.DriftHealed.class),
    @JsonSubTypes.Type(name = "gap", value = Report.Gap.class),
    @JsonSubTypes.Type(name = "unknown", value = Report.Unknown.class)
})
interface ReportNames {}
