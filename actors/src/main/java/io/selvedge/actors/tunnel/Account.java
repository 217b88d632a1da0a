// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import io.selvedge.actors.entity.Cause;
import io.selvedge.actors.node.ReportId;
import io.selvedge.model.Subject;
import java.time.Instant;

/**
 * Who says so, why, and when.
 *
 * @param detail by which path, or why, in words; may be empty
 * @param at by the node's clock
 * @param hlc by the fabric's hybrid logical clock, in its text form
 * @param receivedAt by the clock of the cloud node that took the report
 */
public record Account(
        Subject reporter,
        ReportId report,
        Cause cause,
        String detail,
        Instant at,
        String hlc,
        Instant receivedAt) {}
