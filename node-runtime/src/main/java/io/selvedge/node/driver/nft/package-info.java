// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The packet filter: {@link io.selvedge.node.driver.nft.NftDriver} keeps the table {@code inet
 * selvedge}, which fails closed around the protected prefixes. Judges no packet of other prefixes
 * and touches no other table.
 */
@NullMarked
package io.selvedge.node.driver.nft;

import org.jspecify.annotations.NullMarked;
