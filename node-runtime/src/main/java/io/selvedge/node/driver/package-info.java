// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The machine as a few ports: what stands, and what to change. A driver translates and never
 * decides. Each port has a memory twin in {@link io.selvedge.node.driver.memory}, and one contract
 * test for both.
 */
@NullMarked
package io.selvedge.node.driver;

import org.jspecify.annotations.NullMarked;
