// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * What a node reports to the authority, and how nothing of it is lost: the outbox that numbers and
 * keeps, the inbox that takes each number once, and the chronicle that sees what there is to
 * report. Pure: time is an argument, disk and datagrams are the shell's. {@link
 * io.selvedge.report.Outbox} is the way in.
 */
@NullMarked
package io.selvedge.report;

import org.jspecify.annotations.NullMarked;
