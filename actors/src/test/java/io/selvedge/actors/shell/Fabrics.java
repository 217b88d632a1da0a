// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import io.selvedge.actors.authority.Authority;
import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Payload;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Wishes in the words of a {@link Feed}, and what came of them. */
public final class Fabrics {
    private Fabrics() {}

    public static Feed.Wish wish(Wishes wishes) {
        Authority.Wish wish = wishes.wish();
        var keys = new TreeMap<String, NodeKeys>();
        wish.registrations()
                .forEach((name, pair) ->
                        keys.put(name, new NodeKeys(pair.recordKey(), pair.ikeKey())));
        return new Feed.Wish(wish.intent(), keys, wish.localRoutes());
    }

    static <P extends Payload> List<P> said(Collection<SignedRecord> records, Class<P> type) {
        return records.stream()
                .map(record -> record.statement().map(Statement::payload).orElseThrow())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    static long events(Journal journal) throws SQLException {
        return count(
                journal,
                "SELECT count(*) FROM event_journal WHERE persistence_id NOT LIKE '/sharding%'");
    }

    static long count(Journal journal, String sql) throws SQLException {
        try (var connection = journal.reads().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
