// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;

/** What the authority decided, once and for ever. Cases and fields are only ever added. */
public sealed interface AuthorityEvent {
    /** The fabric began. Its prefix and its epoch were chosen. */
    record FabricCreated(String cluster, long epoch, Cidr fabricCidr) implements AuthorityEvent {}

    /** A name got the uid that it keeps, also when its node vanishes and comes back. */
    record NodeNamed(String name, String uid) implements AuthorityEvent {}

    /** A node got the fabric address that nobody else gets, ever. */
    record AddressAllocated(String uid, IpAddress address) implements AuthorityEvent {}

    /**
     * A record was published; a {@link Payload.Revocation} is how a key is revoked.
     *
     * @param publication its number in the scope, or 0 when no roster speaks of it
     */
    record Published(
            Scope scope, Subject subject, Version version, long publication, Payload payload)
            implements AuthorityEvent {
        public Published(Scope scope, Subject subject, Version version, Payload payload) {
            this(scope, subject, version, 0, payload);
        }
    }
}
