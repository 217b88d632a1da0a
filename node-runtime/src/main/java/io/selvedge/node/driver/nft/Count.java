// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

/** How much a named counter has seen since the table was first made. */
public record Count(long packets, long bytes) {}
