// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Tests of the ip driver: pure texts, the contract for twin and real driver, behaviour. */
@NullMarked
package io.selvedge.node.driver.ip;

import org.jspecify.annotations.NullMarked;
