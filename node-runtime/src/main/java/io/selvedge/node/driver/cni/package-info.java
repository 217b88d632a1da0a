// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The CNI configuration list that kubelet's runtime reads: {@link
 * io.selvedge.node.driver.cni.CniDriver}. Owns one file and knows no other in its folder.
 */
@NullMarked
package io.selvedge.node.driver.cni;

import org.jspecify.annotations.NullMarked;
