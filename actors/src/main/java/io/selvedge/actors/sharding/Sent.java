// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

/** What entities on different cloud nodes tell each other: commands and replies, sealed. */
public interface Sent {}
