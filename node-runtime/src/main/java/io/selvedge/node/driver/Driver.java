// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver;

import io.selvedge.plan.Diff;
import io.selvedge.plan.Resource;
import java.io.IOException;
import java.util.SortedSet;

/**
 * One part of the machine that Selvedge keeps as planned.
 *
 * <p>Both methods block and are called by one thread at a time. An {@link IOException} means that
 * the machine did not do it, and its message says what to do; the caller observes again and retries
 * with back-off, so a half-applied diff is repaired. What is not ours is neither reported nor
 * touched.
 */
public interface Driver<R extends Resource> {
    /** The short name under which operations are counted: ip, nft, cni, ipsec. */
    String name();

    /** The keys of all resources of ours that stand now, as {@link Resource#key} words them. */
    SortedSet<String> observe() throws IOException;

    /** Makes exactly this difference. Additions come before removals where both could overlap. */
    void apply(Diff<R> diff) throws IOException;
}
