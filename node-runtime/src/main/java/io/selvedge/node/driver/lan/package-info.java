// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The LAN: multicast by which nodes of a site find each other without the cloud (N6). Moves sealed
 * bytes; whether they are believed is decided where records are.
 */
@NullMarked
package io.selvedge.node.driver.lan;

import org.jspecify.annotations.NullMarked;
