// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import akka.actor.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.Cluster;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityRef;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.journal.JournalModule;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.Membership;
import io.selvedge.cluster.Tenant;
import io.selvedge.model.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The authority's entities on one cloud node: the tenant of its cluster plane. An entity is decided
 * by one node at a time; should two believe that it is theirs, the journal takes each number from
 * one of them and the other's entity ends. Thread-safe.
 */
public final class Sharding implements Tenant {
    /** An entity recovers and persists within seconds; this is for one that cannot. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Journal journal;
    private final List<Kind<?>> kinds;
    private final Duration stopWithin;
    private final Bytes sealKey;
    private volatile @Nullable ClusterSharding running;

    /**
     * @param sealKey the same on all cloud nodes, and known to nobody else
     */
    public Sharding(Journal journal, List<Kind<?>> kinds, Bytes sealKey) {
        this(journal, kinds, sealKey, STOP_WITHIN);
    }

    Sharding(Journal journal, List<Kind<?>> kinds, Bytes sealKey, Duration stopWithin) {
        this.journal = journal;
        this.sealKey = sealKey;
        this.kinds = List.copyOf(kinds);
        this.stopWithin = stopWithin;
    }

    @Override
    public Config settings() {
        return journal.settings()
                .withFallback(
                        ConfigFactory.parseMap(
                                Map.of(SealedSerializer.KEY, sealKey.hex()), "seal key"))
                .withFallback(ConfigFactory.parseResources(Sharding.class, "sharding.conf"))
                .withFallback(JournalModule.settings());
    }

    @Override
    public void moveIn(ActorSystem system) {
        var typed = Adapter.toTyped(system);
        var sharding = ClusterSharding.get(typed);
        var settings = ClusterShardingSettings.create(typed);
        kinds.forEach(kind -> init(sharding, settings, kind));
        running = sharding;
        var self = Cluster.get(system);
        var beat = Membership.BEAT;
        var _ =
                system.scheduler()
                        .scheduleWithFixedDelay(
                                beat,
                                beat,
                                () -> tellIfMember(self),
                                system.dispatchers()
                                        .lookup("akka.actor.default-blocking-io-dispatcher"));
    }

    @Override
    public boolean mayForm() {
        return journal.membership().mayForm();
    }

    private void tellIfMember(Cluster self) {
        if (self.selfMember().status().equals(MemberStatus.up())) {
            journal.membership().beat();
        }
    }

    /**
     * The way to an entity from this node, wherever it lives; empty before the cluster plane has
     * started. It is good for one life of the actor system: ask for it each time.
     */
    public <M> Optional<EntityRef<M>> entity(Kind<M> kind, String id) {
        return Optional.ofNullable(running).map(sharding -> sharding.entityRefFor(kind.key(), id));
    }

    private <M> void init(
            ClusterSharding sharding, ClusterShardingSettings settings, Kind<M> kind) {
        boolean remembered = kind.stay() instanceof Kind.Stay.Remembered;
        sharding.init(
                Entity.of(
                                kind.key(),
                                context ->
                                        Lodging.of(
                                                kind.behavior().apply(context),
                                                kind.stay(),
                                                stopWithin,
                                                context.getShard()))
                        .withSettings(settings.withRememberEntities(remembered)));
    }
}
