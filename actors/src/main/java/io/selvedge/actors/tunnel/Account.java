// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import io.selvedge.actors.node.ReportId;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Subject;
import java.time.Instant;

/**
 * Who says so, why, and when.
 *
 * @param way how packets go since
 * @param at by the node's clock
 * @param hlc by the fabric's hybrid logical clock
 * @param receivedAt by the clock of the cloud node that took the report
 */
public record Account(
        Subject reporter,
        ReportId report,
        Way way,
        Cause cause,
        Instant at,
        Hlc hlc,
        Instant receivedAt) {}
