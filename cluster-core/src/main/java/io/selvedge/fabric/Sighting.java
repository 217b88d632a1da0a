// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.IpAddress;

/** The underlay address and port that an association comes from, as a connector sees it. */
public record Sighting(IpAddress address, int port) {}
