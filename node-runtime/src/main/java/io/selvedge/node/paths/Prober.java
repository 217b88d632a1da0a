// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.paths;

import io.selvedge.model.IpAddress;
import java.util.SortedSet;

/**
 * Asks fabric addresses for ICMP echoes, several times a second, and tells each answer. Addresses
 * that do not answer are simply not heard of.
 */
public interface Prober extends AutoCloseable {
    /** The addresses to probe from now on; the same set again changes nothing. */
    void watch(SortedSet<IpAddress> addresses);

    @Override
    void close();
}
