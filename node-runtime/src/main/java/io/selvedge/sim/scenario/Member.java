// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scenario;

/**
 * A node to be. Number 0 is the connector, and holds the authority.
 *
 * @param annotated whether its grant names the public address that it has at first
 * @param startMillis when it is switched on first
 */
public record Member(int site, boolean annotated, long startMillis) {}
