// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Header;
import io.selvedge.model.Payload;

/** A verified record, decoded: who says what about whom. */
public record Statement(Header header, Payload payload) {}
