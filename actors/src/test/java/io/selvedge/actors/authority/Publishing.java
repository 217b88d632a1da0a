// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.actors.authority.Authority.Decision;
import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.AuthorityEvent.AddressAllocated;
import io.selvedge.actors.authority.AuthorityEvent.NodeNamed;
import io.selvedge.actors.authority.AuthorityState.Founded;
import io.selvedge.actors.authority.AuthorityState.Spot;
import io.selvedge.actors.intent.Backbone;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final AuthorityDraft draft;
    private final Publications publications;
    private final List<String> problems = new ArrayList<>();

    /** The uids of the nodes that are wanted and could be named and addressed. */
    private final TreeMap<String, String> present = new TreeMap<>();

    private final Founded state;

    Publishing(Founded state, Wish wish, RandomGenerator random) {
        this.state = state;
        this.wish = wish;
        this.intent = wish.intent();
        this.random = random;
        this.draft = AuthorityDraft.of(state);
        this.publications = new Publications(draft, state.cluster());
    }

    /** Trust is taken before anything is given. */
    Decision decide() {
        intent.nodes().values().forEach(this::identify);
        revokeTheVanished();
        publishSettings();
        publishGrants();
        publishCommunities();
        publications.publishRosters(draft.publications());
        return new Decision(publications.events(), problems);
    }

    private void identify(NodeIntent node) {
        String known = draft.uid(node.name());
        String uid = known == null ? newUid(node) : known;
        if (uid == null) {
            return;
        }
        if (!node.uid().isEmpty() && !node.uid().equals(uid)) {
            problems.add(
                    "node %s has the uid %s in its manifest, but the fabric knows it by %s and keeps that; remove metadata.uid"
                            .formatted(node.name(), node.uid(), uid));
        }
        if (draft.address(uid) == null && !allocate(node.name(), uid)) {
            return;
        }
        present.put(node.name(), uid);
    }

    private @Nullable String newUid(NodeIntent node) {
        if (draft.isTaken(node.uid())) {
            problems.add(
                    "node %s has the uid %s, which another name had before; give it a uid of its own"
                            .formatted(node.name(), node.uid()));
            return null;
        }
        String uid = node.uid();
        while (uid.isEmpty() || draft.isTaken(uid)) {
            uid = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        }
        publications.happen(new NodeNamed(node.name(), uid));
        return uid;
    }

    private boolean allocate(String name, String uid) {
        long next = FIRST_ADDRESS + draft.addressCount();
        Cidr cidr = state.fabricCidr();
        // The last address is the broadcast address of the prefix.
        if (next >= (1L << (cidr.base().bits() - cidr.length())) - 1) {
            problems.add(
                    "node %s gets no address: %s is used up; start a new fabric for more nodes"
                            .formatted(name, cidr));
            return false;
        }
        publications.happen(new AddressAllocated(uid, cidr.address(next)));
        return true;
    }

    private void revokeTheVanished() {
        state.uids()
                .forEach((name, uid) -> {
                    var grant = draft.grant(subject(uid));
                    if (grant != null && !intent.nodes().containsKey(name)) {
                        revoke(grant.recordKey(), "node %s is no longer wanted".formatted(name));
                    }
                });
    }

    private void revoke(RecordKey key, String reason) {
        if (!draft.isRevoked(key)) {
            publications.revoke(subject("key:" + key.hex()), new Revocation(key, reason));
        }
    }

    private void publishSettings() {
        var connectors = new TreeMap<Subject, List<IpAddress>>();
        intent.fabric()
                .connectors()
                .forEach((name, addresses) -> {
                    String uid = present.get(name);
                    if (uid != null) {
                        connectors.put(subject(uid), addresses);
                    }
                });
        publications.publish(
                new Scope.Fabric(),
                subject("fabric"),
                new FabricSettings(
                        state.cluster(),
                        intent.fabric().clusterCidrs(),
                        intent.fabric().serviceCidrs(),
                        state.fabricCidr(),
                        connectors,
                        MTU,
                        lanKey()));
    }

    /** Chosen once, by the first settings that have one. */
    private Bytes lanKey() {
        var spot = new Spot(new Scope.Fabric(), RecordType.FABRIC_SETTINGS, subject("fabric"));
        if (draft.published(spot) instanceof FabricSettings known && known.lanKey().size() > 0) {
            return known.lanKey();
        }
        byte[] key = new byte[FabricSettings.LAN_KEY_SIZE];
        random.nextBytes(key);
        return Bytes.of(key);
    }

    private void publishGrants() {
        var keys = new GrantableKeys(state, wish.registrations());
        var communities = communitiesByNode();
        var backbone = Backbone.of(intent.nodes().values());
        present.forEach((name, uid) -> {
            var node = intent.nodes().get(name);
            var address = draft.address(uid);
            if (node == null || address == null) {
                return;
            }
            var subject = subject(uid);
            var last = draft.grant(subject);
            var scope = new Scope.OfNode(subject);
            switch (keys.of(name, last)) {
                case GrantableKeys.Keys(var pair) -> {
                    var in = communities.getOrDefault(name, new TreeSet<>());
                    var peers = subjects(backbone.getOrDefault(name, new TreeSet<>()));
                    publications.publish(scope, subject, grant(node, address, in, peers, pair));
                }
                case GrantableKeys.None(var problem) -> {
                    problems.add(problem);
                    if (last != null && !draft.isRevoked(last.recordKey())) {
                        publications.keep(scope, last.type(), subject);
                    }
                }
            }
        });
    }

    private static NodeGrant grant(
            NodeIntent node,
            IpAddress address,
            SortedSet<String> communities,
            SortedSet<Subject> backbone,
            Registration keys) {
        return new NodeGrant(
                node.name(),
                node.roles(),
                Backbone.site(node),
                node.zone(),
                node.region(),
                address,
                node.podCidrs(),
                node.publicAddresses(),
                communities,
                backbone,
                keys.recordKey(),
                keys.ikeKey(),
                keys.possession());
    }

    private Map<String, SortedSet<String>> communitiesByNode() {
        var names = new HashMap<String, SortedSet<String>>();
        String own = state.cluster() + ".";
        for (var community : intent.communities().values()) {
            for (var member : community.members()) {
                if (member.startsWith(own)) {
                    names.computeIfAbsent(member.substring(own.length()), _ -> new TreeSet<>())
                            .add(community.name());
                }
            }
        }
        return names;
    }

    private SortedSet<Subject> subjects(Collection<String> names) {
        var subjects = new TreeSet<Subject>();
        for (var name : names) {
            String uid = present.get(name);
            if (uid != null) {
                subjects.add(subject(uid));
            }
        }
        return subjects;
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
                    members.add(subject(uid));
                }
            }
            publications.publish(
                    new Scope.OfCommunity(community.name()),
                    subject("community:" + community.name()),
                    new Community(community.name(), members));
        }
        for (var payload : state.published().values()) {
            if (payload instanceof Community(var name, _)
                    && !intent.communities().containsKey(name)) {
                publications.bury(
                        new Scope.OfCommunity(name),
                        subject("community:" + name),
                        new Community(name, new TreeSet<>()));
            }
        }
    }

    private Subject subject(String uid) {
        return new Subject(state.cluster(), uid);
    }
}
