// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * A client of strongSwan's VICI protocol over its Unix socket: commands, streamed replies and
 * events. Entry: {@link io.selvedge.jvici.ViciClient}. Knows the protocol and nothing of what is
 * said in it, nor of any other package; no dependency but the JDK.
 */
@NullMarked
package io.selvedge.jvici;

import org.jspecify.annotations.NullMarked;
