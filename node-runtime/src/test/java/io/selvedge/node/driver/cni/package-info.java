// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Tests of the cni driver: pure texts, the contract for twin and real driver, behaviour. */
@NullMarked
package io.selvedge.node.driver.cni;

import org.jspecify.annotations.NullMarked;
