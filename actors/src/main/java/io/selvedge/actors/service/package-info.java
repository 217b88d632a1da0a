// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The entity Service: what a service is reached by, and which pods answer for it. {@link
 * io.selvedge.actors.service.ServiceEntity} is the way in. Knows no Akka, clock, I/O or randomness.
 */
@NullMarked
package io.selvedge.actors.service;

import org.jspecify.annotations.NullMarked;
