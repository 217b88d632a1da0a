// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.machine;

import io.selvedge.node.driver.Driver;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planned;
import io.selvedge.plan.Resource;
import java.util.SortedMap;
import java.util.function.Function;

/** One part of the machine, and what a plan wants of it. */
public record Part<R extends Resource>(
        Driver<R> driver, Function<Plan, SortedMap<String, Planned<R>>> wanted) {}
