// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.failover;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.community.CommunityEvent;
import io.selvedge.actors.journal.JournalModule;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.service.ServiceEvent;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.model.IpAddress;
import io.selvedge.postgres.Database;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the journal holds of the authority's entities.
 *
 * @param numbers of the events, by entity, in their order
 * @param revisions declared, by Community
 * @param published all that was, in no order
 * @param addresses that were given
 */
record Books(
        Map<String, List<Long>> numbers,
        Map<String, List<Long>> revisions,
        List<Word.Published> published,
        List<IpAddress> addresses) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new JournalModule())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();
    private static final String EVENTS =
            "SELECT persistence_id, sequence_number, event_ser_manifest, event_payload"
                    + " FROM event_journal WHERE persistence_id NOT LIKE '/sharding%'"
                    + " ORDER BY persistence_id, sequence_number";

    static Books read(Database database) throws SQLException, IOException, ClassNotFoundException {
        var books =
                new Books(new TreeMap<>(), new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
        try (var connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(EVENTS)) {
            while (rows.next()) {
                books.enter(rows);
            }
        }
        return books;
    }

    private void enter(ResultSet row) throws SQLException, IOException, ClassNotFoundException {
        var entity = row.getString(1);
        numbers.computeIfAbsent(entity, _ -> new ArrayList<>()).add(row.getLong(2));
        switch (JSON.readValue(row.getBytes(4), Class.forName(row.getString(3)))) {
            case CommunityEvent.Declared(var mandate, var _) ->
                    revisions
                            .computeIfAbsent(entity, _ -> new ArrayList<>())
                            .add(mandate.revision());
            case CommunityEvent.Published(var record) -> published.add(Word.Published.of(record));
            case ClusterEvent.Published(var record) -> published.add(Word.Published.of(record));
            case ClusterEvent.AddressGiven(var _, var address) -> addresses.add(address);
            case NodeEvent.Published(var record) -> published.add(Word.Published.of(record));
            case ServiceEvent.Published(var record) -> published.add(Word.Published.of(record));
            case ClusterEvent _, NodeEvent _, CommunityEvent _, ServiceEvent _, TunnelEvent _ -> {}
            default -> throw new IOException("no event of an entity: " + row.getString(3));
        }
    }
}
