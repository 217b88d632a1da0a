// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.model.IkeKey;
import io.selvedge.model.RecordKey;

/** The public keys that a node was registered with. */
public record Registration(RecordKey recordKey, IkeKey ikeKey) {}
