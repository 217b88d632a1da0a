// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.TreeSet;

/** The scopes that this node keeps: those it subscribes to, and those it writes in. */
final class Kept {
    /** What a digest over all scopes is, of whatever fabric. */
    static final Bytes ALL = Bytes.of("all keep".getBytes(StandardCharsets.US_ASCII));

    private final TreeSet<Scope> own = new TreeSet<>();
    private Subscriptions subscriptions = Subscriptions.NONE;
    private ScopeHashes hashes = ScopeHashes.NONE;

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

    void subscribe(Subscriptions wanted) {
        subscriptions = wanted;
        rehash();
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
