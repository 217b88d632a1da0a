// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Keeps the names of entities: the latest to have a name is who is meant by it. */
final class JdbcNaming implements AutoCloseable {
    private final PreparedStatement update;
    private final PreparedStatement insert;

    JdbcNaming(Connection connection) throws SQLException {
        update =
                connection.prepareStatement(
                        "UPDATE entity_name SET entity = CASE WHEN since <= ? THEN ? ELSE entity END,"
                                + " since = GREATEST(since, ?) WHERE kind = ? AND name = ?");
        insert = connection.prepareStatement("INSERT INTO entity_name VALUES (?, ?, ?, ?)");
    }

    void record(Happening happening) throws SQLException {
        if (happening.entry().sequence() == 1) {
            name(happening, happening.entity().id(), 0);
        }
        if (happening.name() != null) {
            name(happening, happening.name(), happening.millis());
        }
    }

    private void name(Happening happening, String name, long since) throws SQLException {
        var entity = happening.entity();
        update.setLong(1, since);
        update.setString(2, entity.id());
        update.setLong(3, since);
        update.setString(4, entity.kind().name());
        update.setString(5, name);
        if (update.executeUpdate() == 0) {
            insert.setString(1, entity.kind().name());
            insert.setString(2, name);
            insert.setString(3, entity.id());
            insert.setLong(4, since);
            insert.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        update.close();
        insert.close();
    }
}
