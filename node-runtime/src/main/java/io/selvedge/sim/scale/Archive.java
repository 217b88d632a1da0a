// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.fabric.Quota;
import io.selvedge.fabric.Rosters;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Subscriptions;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Header;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Limits.Everything;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All records of a fabric, each once, as its authority, its connector and its edges wrote them. */
final class Archive {
    private static final Cidr FABRIC = Cidr.parse("172.20.0.0/16");
    private static final Cidr PODS = Cidr.parse("10.0.0.0/9");
    private static final Cidr SERVICES = Cidr.parse("10.192.0.0/16");
    private static final Cidr PUBLIC = Cidr.parse("198.18.0.0/15");
    private static final Cidr PRIVATE = Cidr.parse("192.168.0.0/16");
    private static final int PODS_PER_NODE = 256;

    /** One site in so many is reachable by anybody; the others are behind NAT. */
    private static final int PUBLIC_EVERY = 4;

    private final Layout layout;
    private final Random random;
    private final RecordKey root;
    private final RecordKey authority;
    private final List<RecordKey> keys = new ArrayList<>();
    private final Map<Scope, List<SignedRecord>> records = new HashMap<>();
    private final Map<Bytes, SignedRecord> bodies = new HashMap<>();
    private long sequence;

    Archive(Layout layout) {
        this.layout = layout;
        this.random = new Random(~layout.settings().seed());
        this.root = key();
        this.authority = key();
        for (int node = 0; node < layout.nodes(); node++) {
            keys.add(key());
        }
        var trust = new Payload.TrustBundle(List.of(new Authority(authority, new Everything())));
        file(write(root, fabric("trust"), new Scope.Fabric(), 1, trust));
        say(fabric("fabric"), new Scope.Fabric(), settings());
        for (int node = 0; node < layout.nodes(); node++) {
            var subject = layout.subject(node);
            say(subject, layout.ownScope(node), grant(node));
            file(endpoint(node, 1));
            if (node != Layout.CONNECTOR) {
                var seen = observation(node);
                file(write(keys.getFirst(), subject, layout.ownScope(node), node + 1, seen));
            }
        }
        for (int community = 0; community < layout.communities(); community++) {
            var name = Layout.communityName(community);
            var members = new TreeSet<Subject>();
            layout.members(community).forEach(member -> members.add(layout.subject(member)));
            say(
                    fabric("community:" + name),
                    new Scope.OfCommunity(name),
                    new Payload.Community(name, members));
        }
    }

    /** The key by which all of this is believed. */
    RecordKey root() {
        return root;
    }

    RecordKey key(int node) {
        return keys.get(node);
    }

    /** Everything that lies in the scopes. */
    List<SignedRecord> within(Subscriptions subscriptions) {
        var within = new ArrayList<SignedRecord>();
        Collection<Scope> scopes = subscriptions.all() ? records.keySet() : subscriptions.scopes();
        scopes.forEach(scope -> within.addAll(records.getOrDefault(scope, List.of())));
        return within;
    }

    /** A record that somebody has, by the hash of its body. */
    @Nullable SignedRecord read(Bytes hash) {
        return bodies.get(hash);
    }

    void keep(SignedRecord record) {
        bodies.putIfAbsent(record.hash(), record);
    }

    /** What nodes take in of a writer. */
    Quota quota(RecordKey writer) {
        return writer.equals(authority) || writer.equals(root)
                ? Quota.AUTHORITY
                : writer.equals(keys.getFirst()) ? Quota.CONNECTOR : Quota.NODE;
    }

    /** An edge's grant and a newly written endpoint of it: what it tells its LAN. */
    List<SignedRecord> announcement(int edge, SignedRecord endpoint) {
        var scope = layout.ownScope(edge);
        return List.of(records.getOrDefault(scope, List.of()).getFirst(), endpoint);
    }

    /** What a node says of where its IKE daemon listens, the n-th time. */
    SignedRecord endpoint(int node, long version) {
        var addresses = List.of(underlay(node), PRIVATE.address(256 + (node + version) % 50_000));
        var subject = layout.subject(node);
        return write(
                keys.get(node),
                subject,
                layout.ownScope(node),
                version,
                new Payload.Endpoint(addresses, 500, "userspace", version));
    }

    /** The authority's word that nobody may trust some key again, of a node long gone. */
    SignedRecord revocation() {
        var gone = key();
        return write(
                authority,
                fabric("revoked:" + gone.hex()),
                new Scope.Fabric(),
                ++sequence,
                new Payload.Revocation(gone, "the node was removed"));
    }

    private Payload settings() {
        return new Payload.FabricSettings(
                "fabric",
                new TreeSet<>(List.of(PODS)),
                new TreeSet<>(List.of(SERVICES)),
                FABRIC,
                new TreeMap<>(Map.of(layout.subject(Layout.CONNECTOR), List.of(PUBLIC.address(1)))),
                1400);
    }

    private Payload grant(int node) {
        boolean connector = node == Layout.CONNECTOR;
        var pods = new Cidr(PODS.address((long) node * PODS_PER_NODE), 24);
        boolean open = connector || layout.site(node) % PUBLIC_EVERY == 0;
        return new Payload.NodeGrant(
                "node-" + node,
                new TreeSet<>(connector ? List.of(Role.CLOUD, Role.CONNECTOR) : List.of(Role.EDGE)),
                layout.siteName(node),
                "zone-1",
                "region-1",
                FABRIC.address(10 + node),
                new TreeSet<>(List.of(pods)),
                open ? List.of(underlay(node)) : List.of(),
                new TreeSet<>(
                        connector
                                ? List.of()
                                : List.of(Layout.communityName(layout.communityOf(node)))),
                backbone(node),
                keys.get(node),
                ikeKey());
    }

    private SortedSet<Subject> backbone(int node) {
        var peers = new TreeSet<Subject>();
        layout.backbone(node).forEach(peer -> peers.add(layout.subject(peer)));
        return peers;
    }

    private Payload observation(int node) {
        return new Payload.Observation(underlay(node), 4500, true);
    }

    private static IpAddress underlay(int node) {
        return PUBLIC.address(1 + node);
    }

    /** The authority publishes, and lists in a roster what it has published. */
    private void say(Subject subject, Scope scope, Payload payload) {
        file(published(subject, scope, payload));
        var live = List.of(Rosters.hash(payload.type(), subject));
        file(published(fabric("roster"), scope, new Payload.Roster(1, 0, 1, new TreeSet<>(live))));
    }

    private SignedRecord published(Subject subject, Scope scope, Payload payload) {
        var version = new Version(1, ++sequence);
        return Wax.seal(new Header(payload.type(), subject, authority, scope, version, 1), payload);
    }

    private void file(SignedRecord record) {
        keep(record);
        records.computeIfAbsent(record.scope(), _ -> new ArrayList<>()).add(record);
    }

    private static SignedRecord write(
            RecordKey writer, Subject subject, Scope scope, long version, Payload payload) {
        var header = new Header(payload.type(), subject, writer, scope, new Version(1, version));
        return Wax.seal(header, payload);
    }

    private Subject fabric(String uid) {
        return new Subject(layout.subject(Layout.CONNECTOR).cluster(), uid);
    }

    private RecordKey key() {
        return new RecordKey(bytes(32));
    }

    /** As long as a P-256 SubjectPublicKeyInfo. */
    private IkeKey ikeKey() {
        return new IkeKey(bytes(91));
    }

    private Bytes bytes(int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
