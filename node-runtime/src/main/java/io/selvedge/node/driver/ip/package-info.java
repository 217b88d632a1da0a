// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The kernel's IP stack by iproute2 and sysctl: {@link io.selvedge.node.driver.ip.IpDriver}. Ours
 * are routes and rules of protocol 83 and devices with our alias. Knows nothing of tunnels.
 */
@NullMarked
package io.selvedge.node.driver.ip;

import org.jspecify.annotations.NullMarked;
