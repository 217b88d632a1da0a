// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.actors.backup.Row;
import io.selvedge.actors.backup.Row.Content;
import io.selvedge.actors.backup.Row.Event;
import io.selvedge.actors.backup.Row.Snapshot;
import io.selvedge.actors.backup.Rows;
import io.selvedge.model.Bytes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a journal as they are at one moment: all events in their order, then the newest
 * snapshot of each entity. Read in pages, in one transaction, which the caller ends.
 */
final class StoredRows implements Rows {
    private static final int PAGE = 500;

    private final Connection connection;
    private final Deque<Row> page = new ArrayDeque<>();
    private long ordering = Long.MIN_VALUE;
    private @Nullable String entity;

    StoredRows(Connection connection) {
        this.connection = connection;
    }

    @Override
    public @Nullable Row next() throws IOException {
        try {
            if (page.isEmpty() && entity == null) {
                readEvents();
            }
            if (page.isEmpty()) {
                readSnapshots();
            }
            return page.poll();
        } catch (SQLException failed) {
            throw new IOException("the journal could not be read: " + failed.getMessage(), failed);
        }
    }

    private void readEvents() throws SQLException {
        var sql = "SELECT * FROM event_journal WHERE ordering > ? ORDER BY ordering LIMIT " + PAGE;
        long from = ordering;
        var events = new TreeMap<Long, Event>();
        try (var query = connection.prepareStatement(sql)) {
            query.setLong(1, from);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    ordering = rows.getLong("ordering");
                    events.put(ordering, event(rows));
                }
            }
        }
        var tags = tags(from, ordering);
        events.forEach((at, event) -> page.add(tagged(event, tags.get(at))));
    }

    private SortedMap<Long, SortedSet<String>> tags(long after, long to) throws SQLException {
        var tags = new TreeMap<Long, SortedSet<String>>();
        var sql = "SELECT event_id, tag FROM event_tag WHERE event_id > ? AND event_id <= ?";
        try (var query = connection.prepareStatement(sql)) {
            query.setLong(1, after);
            query.setLong(2, to);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    tags.computeIfAbsent(rows.getLong(1), _ -> new TreeSet<>())
                            .add(rows.getString(2));
                }
            }
        }
        return tags;
    }

    private void readSnapshots() throws SQLException {
        var sql =
                "SELECT * FROM snapshot s WHERE persistence_id > ? AND sequence_number = (SELECT"
                        + " max(sequence_number) FROM snapshot n WHERE n.persistence_id ="
                        + " s.persistence_id) ORDER BY persistence_id LIMIT "
                        + PAGE;
        var after = entity == null ? "" : entity;
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, after);
            readSnapshots(query);
        }
    }

    private void readSnapshots(PreparedStatement query) throws SQLException {
        entity = entity == null ? "" : entity;
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                entity = rows.getString("persistence_id");
                page.add(
                        new Snapshot(
                                entity,
                                rows.getLong("sequence_number"),
                                rows.getLong("created"),
                                content(rows, "snapshot"),
                                meta(rows)));
            }
        }
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getString("persistence_id"),
                row.getLong("sequence_number"),
                row.getBoolean("deleted"),
                row.getString("writer"),
                row.getLong("write_timestamp"),
                Objects.requireNonNullElse(row.getString("adapter_manifest"), ""),
                new TreeSet<>(),
                content(row, "event"),
                meta(row));
    }

    private static Event tagged(Event event, @Nullable SortedSet<String> tags) {
        return tags == null
                ? event
                : new Event(
                        event.entity(),
                        event.number(),
                        event.deleted(),
                        event.writer(),
                        event.writtenAt(),
                        event.adapter(),
                        tags,
                        event.content(),
                        event.meta());
    }

    private static Content content(ResultSet row, String prefix) throws SQLException {
        return new Content(
                row.getInt(prefix + "_ser_id"),
                row.getString(prefix + "_ser_manifest"),
                Bytes.of(row.getBytes(prefix + "_payload")));
    }

    private static @Nullable Content meta(ResultSet row) throws SQLException {
        return row.getBytes("meta_payload") == null ? null : content(row, "meta");
    }
}
