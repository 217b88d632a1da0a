// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Limits;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.Payload.TrustBundle;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whom a node believes, how far, and whom no more. The root lists the authorities; the root and
 * every authority revoke keys, and a revocation counts also when its writer is revoked later: an
 * authority that is no longer trusted is revoked, and stays listed for the sake of what it revoked.
 * Nobody revokes the root.
 *
 * <p>A site authority revokes a key that is its to grant: the grant that precedence gives the key
 * to lies within its limits. It can not get at the key of an authority's node by naming it in a
 * grant of its own, nor at that of another site authority's node whose grant proves possession.
 */
final class Trust {
    private static final Scope FABRIC = new Scope.Fabric();

    /** The newest first. */
    private static final Comparator<Statement> NEWEST =
            Comparator.<Statement, Version>comparing(statement -> statement.header().version())
                    .reversed()
                    .thenComparing(statement -> statement.header().subject());

    private final RecordKey root;
    private final Map<RecordKey, Limits> authorities = new TreeMap<>();
    private final SortedSet<RecordKey> revoked = new TreeSet<>();
    private final SortedSet<RecordKey> revokedByAuthority = new TreeSet<>();
    private final Set<RecordKey> contested = new HashSet<>();

    private Trust(RecordKey root) {
        this.root = root;
    }

    static Trust of(RecordKey root, Map<Scope, List<Statement>> held) {
        var trust = new Trust(root);
        var fabric = held.getOrDefault(FABRIC, List.of());
        fabric.stream()
                .filter(statement -> statement.payload() instanceof TrustBundle)
                .filter(statement -> statement.header().writer().equals(root))
                .min(NEWEST)
                .ifPresent(trust::list);
        var limited = trust.takeRevocations(fabric);
        if (!limited.isEmpty()) {
            trust.takeLimited(limited, held);
        }
        return trust;
    }

    /** The rank of a statement that its writer may make, or null when the writer may not. */
    @Nullable Rank rank(Statement statement) {
        var writer = statement.header().writer();
        if (revoked.contains(writer)) {
            return null;
        }
        return statement.payload() instanceof NodeGrant grant
                ? rank(writer, grant)
                : unlimited(writer);
    }

    /** Whether a claim has the scope that it must have, and grants a key that may be granted. */
    boolean fits(Statement statement) {
        var scope = statement.header().scope();
        var subject = statement.header().subject();
        return switch (statement.payload()) {
            case FabricSettings _ -> scope.equals(FABRIC);
            case Community community -> scope.equals(new Scope.OfCommunity(community.name()));
            case NodeGrant grant ->
                    scope.equals(new Scope.OfNode(subject))
                            && !revoked.contains(grant.recordKey())
                            && !isAuthority(grant.recordKey());
            default -> false;
        };
    }

    boolean isAuthority(RecordKey key) {
        return key.equals(root) || authorities.containsKey(key);
    }

    boolean isRevoked(RecordKey key) {
        return revoked.contains(key);
    }

    SortedSet<RecordKey> revoked() {
        return Collections.unmodifiableSortedSet(revoked);
    }

    /** Whether the root or an authority without limits revoked it: {@code fabric} alone tells. */
    boolean isRevokedByAuthority(RecordKey key) {
        return revokedByAuthority.contains(key);
    }

    /** Whether a site authority revoked it, rightly or not: a grant tells. */
    boolean isContested(RecordKey key) {
        return contested.contains(key);
    }

    /** Whether a key is the root's, or listed by it and not revoked. */
    boolean isHeeded(RecordKey key) {
        return isAuthority(key) && !revokedByAuthority.contains(key);
    }

    /** Whether the same keys are heeded, with the same limits. */
    boolean sameAuthorities(Trust other) {
        return authorities.equals(other.authorities)
                && authorities.keySet().stream()
                        .allMatch(key -> isHeeded(key) == other.isHeeded(key));
    }

    /** What the root or an authority without limits has revoked since. */
    Set<RecordKey> revokedSince(Trust before) {
        var since = new TreeSet<>(revokedByAuthority);
        since.removeAll(before.revokedByAuthority);
        return since;
    }

    /** Whether trust itself hangs on one of these statements: a grant of a key in dispute. */
    boolean hangsOn(Collection<Statement> statements) {
        return !contested.isEmpty()
                && statements.stream()
                        .anyMatch(statement ->
                                statement.payload() instanceof NodeGrant grant
                                        && contested.contains(grant.recordKey()));
    }

    private void list(Statement bundle) {
        if (bundle.payload() instanceof TrustBundle says) {
            says.authorities().forEach(one -> authorities.put(one.key(), one.limits()));
            authorities.remove(root);
        }
    }

    /** Takes those of writers without limits, and gives the rest. */
    private List<Statement> takeRevocations(Collection<Statement> fabric) {
        var limited = new ArrayList<Statement>();
        for (var statement : fabric) {
            if (statement.payload() instanceof Revocation says) {
                for (var key : Revocations.keys(statement, says)) {
                    if (!key.equals(root) && !take(key, statement.header().writer())) {
                        limited.add(statement);
                    }
                }
            }
        }
        return limited;
    }

    /** False when it is for limits to say whether the key is revoked. */
    private boolean take(RecordKey key, RecordKey writer) {
        if (unlimited(writer) != null) {
            revoked.add(key);
            revokedByAuthority.add(key);
            return true;
        }
        boolean limited = authorities.containsKey(writer) && !isAuthority(key);
        if (limited) {
            contested.add(key);
        }
        return !limited;
    }

    private void takeLimited(List<Statement> revocations, Map<Scope, List<Statement>> held) {
        var holders = new HashMap<RecordKey, Claim<NodeGrant>>();
        for (var scope : held.values()) {
            for (var statement : scope) {
                if (statement.payload() instanceof NodeGrant grant
                        && contested.contains(grant.recordKey())) {
                    var header = statement.header();
                    var rank = rank(header.writer(), grant);
                    if (rank != null && header.scope().equals(new Scope.OfNode(header.subject()))) {
                        var claim = new Claim<>(rank, header.subject(), header.version(), grant);
                        holders.merge(
                                grant.recordKey(), claim, (a, b) -> a.compareTo(b) <= 0 ? a : b);
                    }
                }
            }
        }
        for (var statement : revocations) {
            var limits = authorities.get(statement.header().writer());
            if (limits != null && statement.payload() instanceof Revocation says) {
                for (var key : Revocations.keys(statement, says)) {
                    var holder = holders.get(key);
                    if (holder != null && limits.permits(holder.says())) {
                        revoked.add(key);
                    }
                }
            }
        }
    }

    private @Nullable Rank rank(RecordKey writer, NodeGrant grant) {
        var limits = authorities.get(writer);
        var rank =
                limits instanceof Limits.OfSites && limits.permits(grant)
                        ? new Rank(Rank.Level.SITE_AUTHORITY, writer)
                        : unlimited(writer);
        return rank == null ? null : new Rank(rank.level(), grant.possession().size() > 0, writer);
    }

    private @Nullable Rank unlimited(RecordKey writer) {
        if (writer.equals(root)) {
            return new Rank(Rank.Level.ROOT, writer);
        }
        return authorities.get(writer) instanceof Limits.Everything
                ? new Rank(Rank.Level.AUTHORITY, writer)
                : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trust that
                && root.equals(that.root)
                && authorities.equals(that.authorities)
                && revoked.equals(that.revoked);
    }

    @Override
    public int hashCode() {
        return revoked.hashCode();
    }
}
