// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which cloud nodes are members of a cluster, as they tell through the database that they share:
 * what keeps a node that is cut off from the others from forming a second cluster over one journal.
 * All times are the database's. Thread-safe; may wait for the database for five seconds.
 */
public final class Membership {
    /** How often a member tells. */
    public static final Duration BEAT = Duration.ofSeconds(5);

    /** As long as the others need to notice that a cluster is gone: six beats. */
    private static final int SILENT_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final DataSource database;
    private final Claim claim;

    Membership(DataSource database, Claim claim) {
        this.database = database;
        this.claim = claim;
    }

    /** Tells that this node is a member now. */
    public void beat() {
        if (claim.isAlone()) {
            return;
        }
        var sql = "UPDATE authority_seat SET last_member = CURRENT_TIMESTAMP WHERE node = ?";
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            update.setString(1, claim.node());
            update.executeUpdate();
        } catch (SQLException unreachable) {
            LOG.warn("cannot tell that this node is a member: {}", unreachable.getMessage());
        }
    }

    /** Whether no other node has been a member for half a minute; false when nobody can say. */
    public boolean mayForm() {
        if (claim.isAlone()) {
            return true;
        }
        var sql =
                "SELECT count(*) FROM authority_seat WHERE node <> ? AND last_member >"
                        + " CURRENT_TIMESTAMP - INTERVAL '%d' SECOND".formatted(SILENT_SECONDS);
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql)) {
            query.setString(1, claim.node());
            try (var rows = query.executeQuery()) {
                return rows.next() && rows.getLong(1) == 0;
            }
        } catch (SQLException unreachable) {
            LOG.warn("cannot tell whether there is a cluster: {}", unreachable.getMessage());
            return false;
        }
    }
}
