// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * What a container runtime does with a CNI configuration list: {@link
 * io.selvedge.lab.cni.CniChain}. Stands in for containerd in the lab and in tests.
 */
@NullMarked
package io.selvedge.lab.cni;

import org.jspecify.annotations.NullMarked;
