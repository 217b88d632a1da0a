// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.cni;

import io.selvedge.model.IpAddress;
import java.util.List;

/** What a pod was given: its addresses, in the order of the ranges. */
public record CniResult(List<IpAddress> addresses) {
    public CniResult {
        addresses = List.copyOf(addresses);
    }
}
