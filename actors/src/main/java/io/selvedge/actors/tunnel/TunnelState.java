// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import io.selvedge.model.Subject;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a Tunnel knows. Immutable.
 *
 * @param ends what each end said last; one that never spoke is not there
 */
public record TunnelState(PSortedMap<Subject, Said> ends) {
    static final TunnelState EMPTY = new TunnelState(TreePMap.empty());

    /** A node's reports come in order, so what is not later was heard. */
    boolean hasHeard(Account account) {
        var last = ends.get(account.reporter());
        return last != null && account.report().compareTo(last.account().report()) <= 0;
    }

    TunnelState with(Said said) {
        return new TunnelState(ends.plus(said.account().reporter(), said));
    }
}
