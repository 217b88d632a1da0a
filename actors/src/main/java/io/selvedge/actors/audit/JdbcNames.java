// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.entity.EntityKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The names in the tables, over a connection that the caller holds. */
record JdbcNames(Connection connection) implements Names {
    @Override
    public SortedMap<EntityKind, String> named(String name) {
        var sql = "SELECT kind, entity FROM entity_name WHERE name = ?";
        var named = new TreeMap<EntityKind, String>();
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    named.put(EntityKind.valueOf(rows.getString(1)), rows.getString(2));
                }
            }
        } catch (SQLException failed) {
            throw new AuditUnavailable(failed);
        }
        return named;
    }

    @Override
    public Collection<String> all() {
        var names = new ArrayList<String>();
        try (var query = connection.createStatement();
                var rows =
                        query.executeQuery("SELECT name FROM entity_name WHERE kind <> 'TUNNEL'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException failed) {
            throw new AuditUnavailable(failed);
        }
        return names;
    }
}
