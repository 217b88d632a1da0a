// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Tests of the outbox's shells: on disks that fail, over networks that lose. */
@NullMarked
package io.selvedge.node.report;

import org.jspecify.annotations.NullMarked;
