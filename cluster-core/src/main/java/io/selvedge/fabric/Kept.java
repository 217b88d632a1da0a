// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/** The scopes that this node keeps: those it subscribes to, and those it writes in. */
final class Kept {
    /** What a digest over all scopes is, of whatever fabric. */
    static final Bytes ALL = Bytes.of("all keep".getBytes(StandardCharsets.US_ASCII));

    /** After this time new records are passed on, even if no neighbour ever agreed. */
    private static final int CATCHING_UP_TICKS = 30;

    private final TreeSet<Scope> own = new TreeSet<>();
    private Subscriptions subscriptions = Subscriptions.NONE;
    private ScopeHashes hashes = ScopeHashes.NONE;
    private final Map<Long, Long> catchingUp = new HashMap<>();

    boolean all() {
        return subscriptions.all();
    }

    boolean covers(Scope scope) {
        return subscriptions.covers(scope) || own.contains(scope);
    }

    /** The hashes of the scopes, when they are not all. */
    ScopeHashes hashes() {
        return hashes;
    }

    Bytes digest() {
        return all() ? ALL : hashes.digest();
    }

    /**
     * @param tick the number of ticks so far
     */
    void subscribe(Subscriptions wanted, long tick) {
        var before = hashes;
        subscriptions = wanted;
        rehash();
        catchingUp.keySet().removeIf(hash -> !hashes.contains(hash));
        for (int i = 0; i < hashes.size(); i++) {
            if (!before.contains(hashes.get(i))) {
                catchingUp.put(hashes.get(i), tick + CATCHING_UP_TICKS);
            }
        }
    }

    /**
     * Whether this node has only begun to keep the scope: what is new to it is no news to those
     * that it learns it from. Never so for one that keeps all, which others rely on.
     */
    boolean isCatchingUp(long scopeHash, long tick) {
        var until = catchingUp.get(scopeHash);
        return !all() && until != null && tick < until;
    }

    /** Holds what another holds of the scopes that it covers. */
    void caughtUp(LongPredicate covered) {
        catchingUp.keySet().removeIf(covered::test);
    }

    /** True when nothing was written in the scope before. */
    boolean write(Scope scope) {
        boolean added = own.add(scope);
        if (added) {
            rehash();
        }
        return added;
    }

    private void rehash() {
        Collection<Scope> scopes = new TreeSet<>(subscriptions.scopes());
        scopes.addAll(own);
        hashes = ScopeHashes.of(scopes);
    }
}
