// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.Endpoint;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Observation;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a node believes of the records it holds. A pure function of their set and of the authority's
 * key, whatever the order of arrival: a record outside its grant, or of a revoked key, is kept but
 * not believed, and believed the moment its grant arrives.
 */
public final class View {
    private final RecordKey authority;
    private final SortedSet<RecordKey> revoked = new TreeSet<>();
    private final List<Believed<FabricSettings>> settings = new ArrayList<>();
    private final SortedMap<Subject, Believed<NodeGrant>> grants = new TreeMap<>();
    private final SortedMap<String, Believed<Community>> communities = new TreeMap<>();
    private final SortedMap<Subject, Believed<Endpoint>> endpoints = new TreeMap<>();
    private final SortedMap<Subject, Believed<Observation>> observations = new TreeMap<>();

    private View(RecordKey authority) {
        this.authority = authority;
    }

    /** A believed payload and the record it came in, as {@code type subject@version}. */
    public record Believed<P extends Payload>(P says, String record) {}

    /** Believes what can be believed of {@code statements}, under one authority. */
    public static View of(Collection<Statement> statements, RecordKey authority) {
        var view = new View(authority);
        // Invariant: revocations first, then grants, then what rests on grants.
        statements.forEach(view::takeRevocation);
        statements.forEach(view::takeAuthorityRecord);
        statements.forEach(view::takeNodeRecord);
        return view;
    }

    /** The settings of the fabric, or null before they are known. */
    public @Nullable Believed<FabricSettings> settings() {
        return settings.isEmpty() ? null : settings.getFirst();
    }

    public SortedMap<Subject, Believed<NodeGrant>> grants() {
        return Collections.unmodifiableSortedMap(grants);
    }

    public @Nullable Believed<NodeGrant> grant(Subject node) {
        return grants.get(node);
    }

    public @Nullable Believed<Endpoint> endpoint(Subject node) {
        return endpoints.get(node);
    }

    public @Nullable Believed<Observation> observation(Subject node) {
        return observations.get(node);
    }

    public SortedMap<String, Believed<Community>> communities() {
        return Collections.unmodifiableSortedMap(communities);
    }

    public boolean isRevoked(RecordKey key) {
        return revoked.contains(key);
    }

    /** The members of a Community: those it lists whose own grants name it, too. Deny wins. */
    public SortedSet<Subject> members(String community) {
        var record = communities.get(community);
        var members = new TreeSet<Subject>();
        if (record != null) {
            for (var subject : record.says().members()) {
                var grant = grants.get(subject);
                if (grant != null && grant.says().communities().contains(community)) {
                    members.add(subject);
                }
            }
        }
        return members;
    }

    /** The scopes that {@code self} has to keep: all of them on cloud nodes. */
    public Subscriptions subscriptions(Subject self) {
        var own = grants.get(self);
        var scopes = new TreeSet<Scope>();
        scopes.add(new Scope.Fabric());
        scopes.add(new Scope.OfNode(self));
        if (own != null) {
            if (!own.says().isEdge()) {
                return Subscriptions.ALL;
            }
            scopes.add(new Scope.Site(own.says().site()));
            for (var community : own.says().communities()) {
                scopes.add(new Scope.OfCommunity(community));
                var record = communities.get(community);
                if (record != null) {
                    record.says().members().forEach(node -> scopes.add(new Scope.OfNode(node)));
                }
            }
        }
        var known = settings();
        if (known != null) {
            known.says().connectors().keySet().forEach(node -> scopes.add(new Scope.OfNode(node)));
        }
        return Subscriptions.of(scopes);
    }

    private void takeRevocation(Statement statement) {
        if (statement.payload() instanceof Revocation(var key, _) && byAuthority(statement)) {
            revoked.add(key);
        }
    }

    private void takeAuthorityRecord(Statement statement) {
        if (!byAuthority(statement) || revoked.contains(authority)) {
            return;
        }
        var subject = statement.header().subject();
        switch (statement.payload()) {
            case FabricSettings says when inScope(statement, new Scope.Fabric()) ->
                    settings.add(believed(statement, says));
            case NodeGrant says
                    when inScope(statement, new Scope.OfNode(subject))
                            && !revoked.contains(says.recordKey()) ->
                    grants.put(subject, believed(statement, says));
            case Community says when inScope(statement, new Scope.OfCommunity(says.name())) ->
                    communities.put(says.name(), believed(statement, says));
            case FabricSettings _,
                    NodeGrant _,
                    Community _,
                    Endpoint _,
                    Observation _,
                    Revocation _,
                    Payload.TrustBundle _,
                    Payload.Roster _ -> {}
        }
    }

    private void takeNodeRecord(Statement statement) {
        var subject = statement.header().subject();
        var grant = grants.get(subject);
        if (grant == null || !inScope(statement, new Scope.OfNode(subject))) {
            return;
        }
        var writer = statement.header().writer();
        switch (statement.payload()) {
            case Endpoint says when grant.says().recordKey().equals(writer) ->
                    endpoints.put(subject, believed(statement, withoutOverlay(says)));
            case Observation says when isConnector(writer) && !inOverlay(says.address()) ->
                    observations.merge(
                            subject,
                            believed(statement, says),
                            (a, b) -> a.record().compareTo(b.record()) <= 0 ? a : b);
            case FabricSettings _,
                    NodeGrant _,
                    Community _,
                    Endpoint _,
                    Observation _,
                    Revocation _,
                    Payload.TrustBundle _,
                    Payload.Roster _ -> {}
        }
    }

    private boolean byAuthority(Statement statement) {
        return statement.header().writer().equals(authority);
    }

    private static boolean inScope(Statement statement, Scope scope) {
        return statement.header().scope().equals(scope);
    }

    private boolean isConnector(RecordKey writer) {
        return grants.values().stream()
                .map(Believed::says)
                .anyMatch(grant ->
                        grant.recordKey().equals(writer) && grant.roles().contains(Role.CONNECTOR));
    }

    private Endpoint withoutOverlay(Endpoint endpoint) {
        var underlay = endpoint.addresses().stream().filter(a -> !inOverlay(a)).toList();
        return new Endpoint(underlay, endpoint.port(), endpoint.backend(), endpoint.incarnation());
    }

    /** Whether an address is the fabric's own, or of no use to a peer on another machine. */
    private boolean inOverlay(IpAddress address) {
        if (!address.isOfUseToOthers()) {
            return true;
        }
        var known = settings();
        if (known == null) {
            return false;
        }
        var says = known.says();
        return says.fabricCidr().contains(address)
                || containsAny(says.clusterCidrs(), address)
                || containsAny(says.serviceCidrs(), address);
    }

    private static boolean containsAny(Collection<Cidr> cidrs, IpAddress address) {
        return cidrs.stream().anyMatch(cidr -> cidr.contains(address));
    }

    private static <P extends Payload> Believed<P> believed(Statement statement, P says) {
        var header = statement.header();
        return new Believed<>(
                says, "%s %s@%s".formatted(header.type(), header.subject(), header.version()));
    }
}
