// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.model.IkeKey;
import io.selvedge.model.RecordKey;

/** The public keys that a node is registered with. */
public record NodeKeys(RecordKey recordKey, IkeKey ikeKey) {}
