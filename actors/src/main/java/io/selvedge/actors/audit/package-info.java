// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The audit's read side: {@link io.selvedge.actors.audit.AuditTrail} answers what happened and how
 * things stood, from tables that {@link io.selvedge.actors.audit.Auditing} fills, by projections,
 * with what {@link io.selvedge.actors.audit.EventReading} makes of the entities' events.
 */
@NullMarked
package io.selvedge.actors.audit;

import org.jspecify.annotations.NullMarked;
