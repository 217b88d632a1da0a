// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import akka.actor.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.sharding.typed.ShardedDaemonProcessSettings;
import akka.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import akka.persistence.jdbc.query.javadsl.JdbcReadJournal;
import akka.projection.ProjectionBehavior;
import akka.projection.ProjectionId;
import akka.projection.eventsourced.javadsl.EventSourcedProvider;
import akka.projection.jdbc.javadsl.JdbcProjection;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.persistence.EntityNames;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.Slice;
import io.selvedge.cluster.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the audit's tables up with the journal: a projection for each slice of each kind of entity,
 * each on one cloud node, and on another when that one is gone. What is written and how far was
 * read commit together, so no event is lost or told twice.
 */
public final class Auditing implements Tenant {
    /** Events in one transaction, or as many as come within the time. */
    private static final int GROUP = 200;

    private static final Duration GROUPED_WITHIN = Duration.ofMillis(100);
    private static final Duration BACKOFF_MIN = Duration.ofMillis(500);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(10);
    private static final String NAME = "audit";

    private final Journal journal;

    /** A slice of a kind's events. */
    record Source(EntityKind kind, Slice slice) {
        static final List<Source> ALL =
                Stream.of(EntityKind.values())
                        .flatMap(kind -> Slice.all().stream().map(slice -> new Source(kind, slice)))
                        .toList();

        String tag() {
            return slice.tag(EntityNames.kind(kind));
        }
    }

    public Auditing(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Config settings() {
        return ConfigFactory.parseResources(Auditing.class, "audit.conf");
    }

    @Override
    public void moveIn(ActorSystem system) {
        var typed = Adapter.toTyped(system);
        ShardedDaemonProcess.get(typed)
                .init(
                        ProjectionBehavior.Command.class,
                        NAME,
                        Source.ALL.size(),
                        number -> projection(typed, Source.ALL.get(number)),
                        ShardedDaemonProcessSettings.create(typed),
                        Optional.of(ProjectionBehavior.stopMessage()));
    }

    Behavior<ProjectionBehavior.Command> projection(
            akka.actor.typed.ActorSystem<?> system, Source source) {
        var events =
                EventSourcedProvider.<Object>eventsByTag(
                        system, JdbcReadJournal.Identifier(), source.tag());
        return ProjectionBehavior.create(
                JdbcProjection.groupedWithin(
                                ProjectionId.of(NAME, source.tag()),
                                events,
                                journal::session,
                                () -> new AuditHandler(system),
                                system)
                        .withGroup(GROUP, GROUPED_WITHIN)
                        .withRestartBackoff(BACKOFF_MIN, BACKOFF_MAX, 0.2));
    }
}
