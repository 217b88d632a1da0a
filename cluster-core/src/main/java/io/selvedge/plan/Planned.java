// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

/** A resource that the machine should hold, and why. */
public record Planned<R extends Resource>(R resource, Reason reason) {}
