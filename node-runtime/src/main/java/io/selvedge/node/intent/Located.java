// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

/** A value together with the place that declares it. */
public record Located<T>(T value, Place place) {}
