// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.actors.authority.Authority.Decision;
import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.AuthorityEvent.AddressAllocated;
import io.selvedge.actors.authority.AuthorityEvent.NodeNamed;
import io.selvedge.actors.authority.AuthorityEvent.Published;
import io.selvedge.actors.authority.AuthorityState.Founded;
import io.selvedge.actors.authority.AuthorityState.Spot;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One decision of the authority under way: collects events, and the state that they lead to. */
final class Publishing {
    static final int MTU = 1400;

    /** The host number of the first fabric address; those below are left to people. */
    private static final long FIRST_ADDRESS = 10;

    private final Wish wish;
    private final Intent intent;
    private final RandomGenerator random;
    private final List<AuthorityEvent> events = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** The uids of the nodes that are wanted and could be named and addressed. */
    private final TreeMap<String, String> present = new TreeMap<>();

    private Founded state;

    Publishing(Founded state, Wish wish, RandomGenerator random) {
        this.state = state;
        this.wish = wish;
        this.intent = wish.intent();
        this.random = random;
    }

    /** Trust is taken before anything is given. */
    Decision decide() {
        intent.nodes().values().forEach(this::identify);
        revokeTheVanished();
        publishSettings();
        publishGrants();
        publishCommunities();
        return new Decision(events, problems);
    }

    private void identify(NodeIntent node) {
        String known = state.uids().get(node.name());
        String uid = known == null ? newUid(node) : known;
        if (uid == null) {
            return;
        }
        if (!node.uid().isEmpty() && !node.uid().equals(uid)) {
            problems.add(
                    "node %s has the uid %s in its manifest, but the fabric knows it by %s and keeps that; remove metadata.uid"
                            .formatted(node.name(), node.uid(), uid));
        }
        if (!state.addresses().containsKey(uid) && !allocate(node.name(), uid)) {
            return;
        }
        present.put(node.name(), uid);
    }

    private @Nullable String newUid(NodeIntent node) {
        if (state.uids().containsValue(node.uid())) {
            problems.add(
                    "node %s has the uid %s, which another name had before; give it a uid of its own"
                            .formatted(node.name(), node.uid()));
            return null;
        }
        String uid = node.uid();
        while (uid.isEmpty() || state.uids().containsValue(uid)) {
            uid = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        }
        happen(new NodeNamed(node.name(), uid));
        return uid;
    }

    private boolean allocate(String name, String uid) {
        long next = FIRST_ADDRESS + state.addresses().size();
        Cidr cidr = state.fabricCidr();
        // The last address is the broadcast address of the prefix.
        if (next >= (1L << (cidr.base().bits() - cidr.length())) - 1) {
            problems.add(
                    "node %s gets no address: %s is used up; start a new fabric for more nodes"
                            .formatted(name, cidr));
            return false;
        }
        happen(new AddressAllocated(uid, cidr.address(next)));
        return true;
    }

    private void revokeTheVanished() {
        for (var name : state.uids().keySet()) {
            var grant = grantOf(name);
            if (grant != null && !intent.nodes().containsKey(name)) {
                revoke(grant.recordKey(), "node %s is no longer wanted".formatted(name));
            }
        }
    }

    private void revoke(RecordKey key, String reason) {
        var subject = state.subject("key:" + key.hex());
        if (!state.revoked().contains(key)) {
            publish(new Scope.Fabric(), subject, new Revocation(key, reason));
        }
    }

    private void publishSettings() {
        var connectors = new TreeMap<Subject, List<IpAddress>>();
        intent.fabric()
                .connectors()
                .forEach((name, addresses) -> {
                    String uid = present.get(name);
                    if (uid != null) {
                        connectors.put(state.subject(uid), addresses);
                    }
                });
        publish(
                new Scope.Fabric(),
                state.subject("fabric"),
                new FabricSettings(
                        state.cluster(),
                        intent.fabric().clusterCidrs(),
                        intent.fabric().serviceCidrs(),
                        state.fabricCidr(),
                        connectors,
                        MTU));
    }

    private void publishGrants() {
        var keys = new GrantableKeys(state, wish.registrations());
        present.forEach((name, uid) -> {
            var node = intent.nodes().get(name);
            var address = state.addresses().get(uid);
            if (node == null || address == null) {
                return;
            }
            switch (keys.of(name, grantOf(name))) {
                case GrantableKeys.Keys(var pair) ->
                        publish(
                                new Scope.OfNode(state.subject(uid)),
                                state.subject(uid),
                                grant(node, address, pair));
                case GrantableKeys.None(var problem) -> problems.add(problem);
            }
        });
    }

    private NodeGrant grant(NodeIntent node, IpAddress address, Registration keys) {
        return new NodeGrant(
                node.name(),
                node.roles(),
                node.site().isEmpty() ? node.name() : node.site(),
                node.zone(),
                node.region(),
                address,
                node.podCidrs(),
                node.publicAddresses(),
                communitiesOf(node.name()),
                new TreeSet<>(),
                keys.recordKey(),
                keys.ikeKey());
    }

    private SortedSet<String> communitiesOf(String node) {
        var names = new TreeSet<String>();
        for (var community : intent.communities().values()) {
            if (community.members().contains(state.cluster() + "." + node)) {
                names.add(community.name());
            }
        }
        return names;
    }

    private void publishCommunities() {
        for (var community : intent.communities().values()) {
            var members = new TreeSet<Subject>();
            for (var member : community.members()) {
                String uid = present.get(member.substring(member.indexOf('.') + 1));
                if (uid == null || !member.startsWith(state.cluster() + ".")) {
                    problems.add(
                            "Community %s names %s, which is no node of the fabric; add the node or take the member out"
                                    .formatted(community.name(), member));
                } else {
                    members.add(state.subject(uid));
                }
            }
            publishCommunity(new Community(community.name(), members));
        }
        for (var payload : state.published().values()) {
            if (payload instanceof Community(var name, _)
                    && !intent.communities().containsKey(name)) {
                publishCommunity(new Community(name, new TreeSet<>()));
            }
        }
    }

    private void publishCommunity(Community community) {
        publish(
                new Scope.OfCommunity(community.name()),
                state.subject("community:" + community.name()),
                community);
    }

    private @Nullable NodeGrant grantOf(String name) {
        String uid = state.uids().get(name);
        if (uid == null) {
            return null;
        }
        var subject = state.subject(uid);
        var spot = new Spot(new Scope.OfNode(subject), RecordType.NODE_GRANT, subject);
        return state.published().get(spot) instanceof NodeGrant grant ? grant : null;
    }

    private void publish(Scope scope, Subject subject, Payload payload) {
        var spot = new Spot(scope, payload.type(), subject);
        if (!payload.equals(state.published().get(spot))) {
            happen(new Published(scope, subject, state.last().next(), payload));
        }
    }

    private void happen(AuthorityEvent event) {
        events.add(event);
        if (state.evolve(event) instanceof Founded next) {
            state = next;
        }
    }
}
