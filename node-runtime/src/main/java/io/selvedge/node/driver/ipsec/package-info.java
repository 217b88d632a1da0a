// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * IPsec by strongSwan's charon: the daemon as a process of its own, spoken to over VICI. Entry:
 * {@link io.selvedge.node.driver.ipsec.IpsecBackends}. Knows nothing of plans or records beyond the
 * resources it is given.
 */
@NullMarked
package io.selvedge.node.driver.ipsec;

import org.jspecify.annotations.NullMarked;
