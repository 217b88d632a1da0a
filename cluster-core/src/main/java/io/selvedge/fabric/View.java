// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.Endpoint;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Observation;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a node believes of the records it holds. A pure function of their set and of the root's key,
 * whatever the order of arrival: a record outside its grant, or of a revoked key, is kept but not
 * believed, and believed the moment its grant arrives. Immutable; two are equal when the same is
 * believed.
 */
public final class View {
    private static final Scope FABRIC = new Scope.Fabric();

    private final RecordKey root;
    private final Map<Scope, List<Statement>> held;
    private final Trust trust;
    private final @Nullable Believed<FabricSettings> settings;
    private final Grants grants;
    private final SortedMap<String, Believed<Community>> communities;
    private final Sightings sightings;

    private View(
            RecordKey root,
            Map<Scope, List<Statement>> held,
            Trust trust,
            @Nullable Believed<FabricSettings> settings,
            Grants grants,
            SortedMap<String, Believed<Community>> communities,
            Sightings sightings) {
        this.root = root;
        this.held = held;
        this.trust = trust;
        this.settings = settings;
        this.grants = grants;
        this.communities = communities;
        this.sightings = sightings;
    }

    /** A believed payload and the record it came in, as {@code type subject@version}. */
    public record Believed<P extends Payload>(P says, String record) {
        static <P extends Payload> Believed<P> of(P says, Subject subject, Version version) {
            return new Believed<>(says, says.type() + " " + subject + "@" + version);
        }
    }

    /** Believes what can be believed of {@code statements}, under one root. */
    public static View of(Collection<Statement> statements, RecordKey root) {
        var held = new HashMap<Scope, List<Statement>>();
        for (var statement : statements) {
            held.computeIfAbsent(statement.header().scope(), _ -> new ArrayList<>()).add(statement);
        }
        return of(held, root);
    }

    private static View of(Map<Scope, List<Statement>> held, RecordKey root) {
        var trust = Trust.of(root, held);
        var settings =
                Claim.first(FabricSettings.class, held.getOrDefault(FABRIC, List.of()), trust);
        var claims = new ArrayList<Claim<NodeGrant>>();
        var nodes = new ArrayList<Subject>();
        var communities = new TreeMap<String, Believed<Community>>();
        held.forEach((scope, said) -> {
            if (scope instanceof Scope.OfNode(var node)) {
                nodes.add(node);
                var claim = Claim.first(NodeGrant.class, said, trust);
                if (claim != null) {
                    claims.add(claim);
                }
            } else if (scope instanceof Scope.OfCommunity(var name)) {
                putCommunity(communities, name, said, trust);
            }
        });
        var grants = Grants.of(claims);
        var believed = settings == null ? null : settings.believed();
        var sightings = new Sightings().with(nodes, held, grants, overlay(believed));
        return new View(root, held, trust, believed, grants, communities, sightings);
    }

    /**
     * What is believed after some scopes changed; equal to {@link #of} everything that is held
     * then. A change of one node costs little; a change of trust or settings reads all anew.
     *
     * @param changed all statements that are held now of each scope that changed
     */
    public View update(Map<Scope, List<Statement>> changed) {
        var now = new HashMap<>(held);
        boolean rebuild = false;
        var others = new HashSet<Scope>();
        for (var change : changed.entrySet()) {
            var after = List.copyOf(change.getValue());
            var before =
                    after.isEmpty() ? now.remove(change.getKey()) : now.put(change.getKey(), after);
            if (!after.equals(before)) {
                rebuild |=
                        change.getKey().equals(FABRIC)
                                || trust.hangsOn(after)
                                || (before != null && trust.hangsOn(before));
                others.add(change.getKey());
            }
        }
        return rebuild ? of(now, root) : others.isEmpty() ? this : within(now, others);
    }

    /** Reads some scopes of nodes and Communities anew, trust and settings being the same. */
    private View within(Map<Scope, List<Statement>> now, Set<Scope> changed) {
        var claims = new TreeMap<Subject, Optional<Claim<NodeGrant>>>();
        var nodes = new TreeSet<Subject>();
        var communitiesNow = new TreeMap<>(communities);
        for (var scope : changed) {
            var said = now.getOrDefault(scope, List.of());
            if (scope instanceof Scope.OfNode(var node)) {
                nodes.add(node);
                var claim = Claim.first(NodeGrant.class, said, trust);
                if (!Objects.equals(claim, grants.claim(node))) {
                    claims.put(node, Optional.ofNullable(claim));
                }
            } else if (scope instanceof Scope.OfCommunity(var name)) {
                putCommunity(communitiesNow, name, said, trust);
            }
        }
        var grantsNow = claims.isEmpty() ? grants : grants.with(claims);
        if (!claims.isEmpty()) {
            nodes.addAll(touched(grants, grantsNow, now.keySet()));
        }
        var sightingsNow =
                nodes.isEmpty()
                        ? sightings
                        : sightings.with(nodes, now, grantsNow, overlay(settings));
        return new View(root, now, trust, settings, grantsNow, communitiesNow, sightingsNow);
    }

    /** Nodes about which something else may be believed once grants are others. */
    private static Set<Subject> touched(Grants before, Grants after, Set<Scope> scopes) {
        Set<Subject> touched = new HashSet<>(after.changedSince(before));
        boolean connectors =
                touched.stream()
                        .anyMatch(node -> before.isConnector(node) || after.isConnector(node));
        if (connectors) {
            scopes.forEach(scope -> {
                if (scope instanceof Scope.OfNode(var node)) {
                    touched.add(node);
                }
            });
        }
        return touched;
    }

    private static void putCommunity(
            Map<String, Believed<Community>> communities,
            String name,
            List<Statement> said,
            Trust trust) {
        var claim = Claim.first(Community.class, said, trust);
        if (claim == null) {
            communities.remove(name);
        } else {
            communities.put(name, claim.believed());
        }
    }

    private static Overlay overlay(@Nullable Believed<FabricSettings> settings) {
        return new Overlay(settings == null ? null : settings.says());
    }

    /** All statements of a scope that it was made of, believed or not. */
    List<Statement> held(Scope scope) {
        return held.getOrDefault(scope, List.of());
    }

    Trust trust() {
        return trust;
    }

    /** Which records of a scope are dead. */
    Deaths deaths(Scope scope) {
        return Deaths.in(scope, held(scope), trust);
    }

    /** Whether a record needs to be kept no more, by what is held of its scope. */
    boolean isDead(SignedRecord record) {
        return !Deaths.areImmortal(record.header().type())
                && deaths(record.scope()).include(record);
    }

    /** The settings of the fabric, or null before they are known. */
    public @Nullable Believed<FabricSettings> settings() {
        return settings;
    }

    public SortedMap<Subject, Believed<NodeGrant>> grants() {
        return grants.believed();
    }

    public @Nullable Believed<NodeGrant> grant(Subject node) {
        return grants.believed(node);
    }

    public @Nullable Believed<Endpoint> endpoint(Subject node) {
        return sightings.endpoint(node);
    }

    public @Nullable Believed<Observation> observation(Subject node) {
        return sightings.observation(node);
    }

    public SortedMap<String, Believed<Community>> communities() {
        return Collections.unmodifiableSortedMap(communities);
    }

    /** The node that a believed grant gives a fabric address, or null. */
    public @Nullable Subject nodeAt(IpAddress fabricAddress) {
        return grants.nodeAt(fabricAddress);
    }

    /** The node that a believed grant gives a record key, or null. */
    public @Nullable Subject writerOf(RecordKey key) {
        return grants.writerOf(key);
    }

    /** Whether a key is the root's or is listed by it, revoked or not. */
    public boolean isAuthority(RecordKey key) {
        return trust.isAuthority(key);
    }

    public boolean isRevoked(RecordKey key) {
        return trust.isRevoked(key);
    }

    /** The members of a Community: those it lists whose own grants name it, too. Deny wins. */
    public SortedSet<Subject> members(String community) {
        var members = new TreeSet<Subject>();
        var record = communities.get(community);
        if (record != null) {
            members.addAll(record.says().members());
            members.removeIf(node -> !isMember(node, community));
        }
        return members;
    }

    /** Whether {@link #members} has the node. */
    public boolean isMember(Subject node, String community) {
        var record = communities.get(community);
        var grant = grants.believed(node);
        return record != null
                && grant != null
                && record.says().members().contains(node)
                && grant.says().communities().contains(community);
    }

    /** The backbone peers of a node: those it names whose own grants name it, too. Deny wins. */
    public SortedSet<Subject> backbone(Subject node) {
        var own = grants.believed(node);
        var peers = new TreeSet<Subject>();
        if (own != null) {
            for (var peer : own.says().backbone()) {
                var grant = grants.believed(peer);
                if (grant != null && grant.says().backbone().contains(node)) {
                    peers.add(peer);
                }
            }
        }
        return peers;
    }

    /** The scopes that {@code self} has to keep: all of them on cloud nodes. */
    public Subscriptions subscriptions(Subject self) {
        return Subscriptions.of(self, this);
    }

    /** What is believed otherwise than before, at the cost of a walk through both views. */
    public ViewChange since(View before) {
        return new ViewChange(
                grants.changedSince(before.grants),
                sightings.changedSince(before.sightings),
                Lockstep.differing(before.communities, communities));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof View that
                && trust.equals(that.trust)
                && Objects.equals(settings, that.settings)
                && grants().equals(that.grants())
                && communities.equals(that.communities)
                && sightings.equals(that.sightings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(settings, communities);
    }
}
