// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Tests of the nft driver: pure texts, the contract for twin and real driver, behaviour. */
@NullMarked
package io.selvedge.node.driver.nft;

import org.jspecify.annotations.NullMarked;
