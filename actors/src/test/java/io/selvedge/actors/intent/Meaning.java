// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Slot;
import io.selvedge.model.Subject;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What every node believes of records, in words that do not depend on what was made up: nodes by
 * name, addresses left out.
 */
record Meaning(
        String settings,
        SortedMap<String, String> grants,
        SortedMap<String, String> communities,
        TreeSet<RecordKey> revoked) {
    static Meaning of(Collection<Statement> all, RecordKey authority) {
        var held = new TreeMap<Slot, Statement>();
        var revoked = new TreeSet<RecordKey>();
        for (var statement : all) {
            held.merge(statement.header().slot(), statement, Meaning::newer);
            if (statement.payload() instanceof Revocation(var key, _)) {
                revoked.add(key);
            }
        }
        var view = View.of(held.values(), authority);
        var names = new TreeMap<Subject, String>();
        view.grants().forEach((subject, grant) -> names.put(subject, grant.says().name()));
        var grants = new TreeMap<String, String>();
        view.grants()
                .values()
                .forEach(grant -> grants.put(grant.says().name(), words(grant.says(), names)));
        var communities = new TreeMap<String, String>();
        view.communities()
                .forEach((name, community) ->
                        communities.put(name, named(community.says().members(), names).toString()));
        var settings = view.settings();
        return new Meaning(
                settings == null
                        ? "none"
                        : "%s %s %s %s %d"
                                .formatted(
                                        settings.says().cluster(),
                                        settings.says().clusterCidrs(),
                                        settings.says().serviceCidrs(),
                                        named(settings.says().connectors().keySet(), names),
                                        settings.says().mtu()),
                grants,
                communities,
                revoked);
    }

    private static Statement newer(Statement one, Statement other) {
        return one.header().version().compareTo(other.header().version()) > 0 ? one : other;
    }

    private static String words(NodeGrant grant, SortedMap<Subject, String> names) {
        return "%s %s %s %s %s %s %s"
                .formatted(
                        grant.roles(),
                        grant.site(),
                        grant.podCidrs(),
                        grant.publicAddresses(),
                        grant.communities(),
                        named(grant.backbone(), names),
                        grant.recordKey());
    }

    /** One without a grant is nameless on either side. */
    private static TreeSet<String> named(
            Collection<Subject> subjects, SortedMap<Subject, String> names) {
        var named = new TreeSet<String>();
        subjects.forEach(subject -> named.add(names.getOrDefault(subject, "?")));
        return named;
    }
}
