// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The words of the field as values: addresses, subjects, scopes, versions, and what each record
 * says. Knows no Akka, no clock, no I/O and no randomness; {@link io.selvedge.model.Payload} is the
 * way in.
 */
@NullMarked
package io.selvedge.model;

import org.jspecify.annotations.NullMarked;
