// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.actors.authority.AuthorityEvent.AddressAllocated;
import io.selvedge.actors.authority.AuthorityEvent.FabricCreated;
import io.selvedge.actors.authority.AuthorityEvent.NodeNamed;
import io.selvedge.actors.authority.AuthorityEvent.Published;
import io.selvedge.actors.authority.AuthorityState.Founded;
import io.selvedge.actors.authority.AuthorityState.Spot;
import io.selvedge.actors.authority.AuthorityState.Unborn;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A state under way: takes events one by one, each at a cost that does not grow with the fabric,
 * and gives the {@link AuthorityState} that they lead to. Owned by one thread.
 */
public final class AuthorityDraft {
    private final TreeMap<String, String> uids = new TreeMap<>();
    private final TreeMap<String, IpAddress> addresses = new TreeMap<>();
    private final TreeMap<Spot, Payload> published = new TreeMap<>();
    private final TreeMap<Scope, Long> publications = new TreeMap<>();
    private final Set<String> knownUids = new HashSet<>();
    private final Set<IpAddress> knownAddresses = new HashSet<>();
    private final Set<RecordKey> revoked = new HashSet<>();
    private @Nullable FabricCreated founding;
    private Version last = new Version(0, 0);

    private AuthorityDraft() {}

    public static AuthorityDraft of(AuthorityState state) {
        var draft = new AuthorityDraft();
        if (state instanceof Founded founded) {
            draft.founding =
                    new FabricCreated(
                            founded.cluster(), founded.last().epoch(), founded.fabricCidr());
            draft.last = founded.last();
            draft.uids.putAll(founded.uids());
            draft.addresses.putAll(founded.addresses());
            draft.published.putAll(founded.published());
            draft.publications.putAll(founded.publications());
            draft.knownUids.addAll(founded.uids().values());
            draft.knownAddresses.addAll(founded.addresses().values());
            draft.revoked.addAll(founded.revoked());
        }
        return draft;
    }

    /** Takes an event; one that can not follow is refused, and the draft is of no use then. */
    public void take(AuthorityEvent event) {
        if (founding == null) {
            if (!(event instanceof FabricCreated created)) {
                throw new IllegalArgumentException("before the fabric was created: " + event);
            }
            founding = created;
            last = new Version(created.epoch(), 0);
        } else if (!fits(event)) {
            throw new IllegalArgumentException("contradicts what was decided before: " + event);
        }
    }

    public AuthorityState state() {
        return founding == null
                ? new Unborn()
                : new Founded(
                        founding.cluster(),
                        founding.fabricCidr(),
                        last,
                        uids,
                        addresses,
                        published,
                        publications);
    }

    Version last() {
        return last;
    }

    @Nullable String uid(String name) {
        return uids.get(name);
    }

    boolean isTaken(String uid) {
        return knownUids.contains(uid);
    }

    @Nullable IpAddress address(String uid) {
        return addresses.get(uid);
    }

    int addressCount() {
        return addresses.size();
    }

    boolean isRevoked(RecordKey key) {
        return revoked.contains(key);
    }

    @Nullable Payload published(Spot spot) {
        return published.get(spot);
    }

    /** The grant that stands for a node, alive or not. */
    @Nullable NodeGrant grant(Subject node) {
        var spot = new Spot(new Scope.OfNode(node), RecordType.NODE_GRANT, node);
        return published.get(spot) instanceof NodeGrant grant ? grant : null;
    }

    /** The scopes in which anything has a publication. */
    List<Scope> publications() {
        return List.copyOf(publications.keySet());
    }

    long publication(Scope scope) {
        return publications.getOrDefault(scope, 0L);
    }

    private boolean fits(AuthorityEvent event) {
        return switch (event) {
            case FabricCreated _ -> false;
            case NodeNamed(var name, var uid) -> knownUids.add(uid) && uids.put(name, uid) == null;
            case AddressAllocated(var uid, var address) ->
                    knownAddresses.add(address) && addresses.put(uid, address) == null;
            case Published said -> {
                boolean higher = said.version().compareTo(last) > 0;
                last = said.version();
                publish(said);
                yield higher;
            }
        };
    }

    private void publish(Published said) {
        var payload = said.payload();
        published.put(new Spot(said.scope(), payload.type(), said.subject()), payload);
        long publication = said.publication();
        if (payload instanceof Payload.Roster roster) {
            publication = roster.publication();
        }
        if (publication > 0) {
            publications.merge(said.scope(), publication, Math::max);
        }
        if (payload instanceof Revocation(var key, _)) {
            revoked.add(key);
        }
    }
}
