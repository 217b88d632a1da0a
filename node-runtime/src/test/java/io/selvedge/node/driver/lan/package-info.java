// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Tests of the LAN's seal. */
@NullMarked
package io.selvedge.node.driver.lan;

import org.jspecify.annotations.NullMarked;
