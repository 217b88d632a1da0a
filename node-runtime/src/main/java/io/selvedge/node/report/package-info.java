// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * How a node's reports reach the authority: the outbox on disk, the datagrams to a gateway, and on
 * a connector the gateway itself. {@link io.selvedge.node.report.ReportsActor} is the way in.
 * Nothing here makes planning or gossip wait: what they report goes to an {@link
 * io.selvedge.node.report.Intake}, which never blocks.
 */
@NullMarked
package io.selvedge.node.report;

import org.jspecify.annotations.NullMarked;
