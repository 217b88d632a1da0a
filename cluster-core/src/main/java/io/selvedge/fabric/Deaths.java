// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import java.util.Collection;

/**
 * Which records of one scope are dead, so that nobody keeps them: those of a writer that an
 * authority revoked, those that a roster lists no longer, and all that was said in the scope of a
 * node whose last grant is dead. Follows from the records of the scope and of {@code fabric} alone,
 * which everybody who keeps the scope holds; so all come to the same.
 *
 * <p>Never dead are what death follows from: trust, rosters, revocations, and a grant of a key that
 * a site authority revoked, for whether it may hangs on that grant. A proof of equivocation dies
 * with its writer: kept, it would be with those who saw both halves in time, and with nobody else.
 */
final class Deaths {
    private final Trust trust;
    private final Rosters rosters;
    private final boolean gone;

    private Deaths(Trust trust, Rosters rosters, boolean gone) {
        this.trust = trust;
        this.rosters = rosters;
        this.gone = gone;
    }

    static Deaths in(Scope scope, Collection<Statement> said, Trust trust) {
        var rosters = Rosters.of(said);
        boolean gone =
                scope instanceof Scope.OfNode(var node)
                        && rosters.list(RecordType.NODE_GRANT, node, trust::isHeeded)
                                == Rosters.Listed.NO
                        && said.stream().noneMatch(each -> grants(each, rosters, trust));
        return new Deaths(trust, rosters, gone);
    }

    private static boolean grants(Statement statement, Rosters rosters, Trust trust) {
        return statement.payload() instanceof NodeGrant
                && statement.header().scope().equals(new Scope.OfNode(statement.header().subject()))
                && trust.isHeeded(statement.header().writer())
                && trust.rank(statement) != null
                && !rosters.isDead(statement.header());
    }

    /** Whether no record of this type ever dies. */
    static boolean areImmortal(RecordType type) {
        return type.equals(RecordType.REVOCATION)
                || type.equals(RecordType.ROSTER)
                || type.equals(RecordType.TRUST_BUNDLE);
    }

    /** Whether the scope is of a node that was granted, and is no more. */
    boolean gone() {
        return gone;
    }

    boolean include(SignedRecord record) {
        var header = record.header();
        if (areImmortal(header.type())) {
            return false;
        }
        boolean dead = trust.isRevokedByAuthority(header.writer()) || rosters.isDead(header);
        return header.type().equals(RecordType.NODE_GRANT)
                ? dead && !isNeeded(record) // whoever is gone may be granted anew
                : dead || gone;
    }

    private boolean isNeeded(SignedRecord grant) {
        return grant.statement()
                .filter(said ->
                        said.payload() instanceof NodeGrant says
                                && trust.isContested(says.recordKey()))
                .isPresent();
    }
}
