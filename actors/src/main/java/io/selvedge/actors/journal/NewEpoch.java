// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import io.selvedge.actors.backup.Row;
import io.selvedge.actors.backup.Rows;
import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.intent.MemoryAuthority.Journaled;
import io.selvedge.actors.persistence.EntityNames;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A backup, and behind it the epoch that its restoration begins. Without that, what was being
 * decided when the backup was taken would be decided now, before the fabric has told what came of
 * it.
 */
public final class NewEpoch implements Rows {
    private static final Set<String> BEGINNINGS =
            Set.of(ClusterEvent.Created.class.getName(), ClusterEvent.EpochBegun.class.getName());

    private final Rows backup;
    private final EventRows events;
    private final Instant now;
    private Row.@Nullable Event last;
    private long epoch;
    private boolean ended;

    public NewEpoch(Rows backup, EventRows events, Instant now) {
        this.backup = backup;
        this.events = events;
        this.now = now;
    }

    @Override
    public @Nullable Row next() throws IOException {
        var row = ended ? null : backup.next();
        ended = row == null;
        if (row instanceof Row.Event event && isOfCluster(event)) {
            notice(event);
        }
        return row == null ? begun() : row;
    }

    private static boolean isOfCluster(Row.Event row) {
        return row.entity().startsWith(EntityNames.prefix(EntityKind.CLUSTER));
    }

    private void notice(Row.Event row) {
        last = row;
        if (BEGINNINGS.contains(row.content().manifest())) {
            epoch =
                    switch (events.journaled(row).event()) {
                        case ClusterEvent.Created created -> created.epoch();
                        case ClusterEvent.EpochBegun begun -> begun.epoch();
                        default -> epoch;
                    };
        }
    }

    private @Nullable Row begun() {
        var cluster = last;
        last = null;
        return cluster == null
                ? null
                : events.row(
                        new Journaled(
                                EntityNames.of(cluster.entity()),
                                new ClusterEvent.EpochBegun(epoch + 1)),
                        cluster.number() + 1,
                        now,
                        "import");
    }
}
