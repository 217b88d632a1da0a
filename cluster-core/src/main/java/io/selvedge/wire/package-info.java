// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The bytes of records and of gossip: the only package that knows the protobuf classes. Maps them
 * by hand to values of {@code model}; trusts nothing that arrives. Knows no keys, no I/O, no clock.
 * {@link io.selvedge.wire.RecordCodec} and {@link io.selvedge.wire.GossipCodec} are the ways in.
 */
@NullMarked
package io.selvedge.wire;

import org.jspecify.annotations.NullMarked;
