// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import io.selvedge.actors.cluster.ClusterCommand;
import io.selvedge.actors.cluster.ClusterState;
import io.selvedge.actors.cluster.Directory;
import io.selvedge.actors.entity.Core;
import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.entity.Entity;
import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.Tell;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.report.Receipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All entities in one thread, with journals in memory: messages arrive in an order drawn at random,
 * some twice or not at all, and an entity may crash behind any event. Owned by one thread.
 */
public final class MemoryAuthority {
    /**
     * What goes wrong, each with a chance from 0 to 1.
     *
     * @param crash that a command is cut off behind some of its events
     * @param twice that a message arrives again later
     * @param lost that a message does not arrive
     */
    public record Faults(double crash, double twice, double lost) {
        public static final Faults NONE = new Faults(0, 0, 0);
    }

    /** One event of one entity. */
    public record Journaled(EntityId entity, Object event) {}

    private final String cluster;
    private final Cores cores;
    private final RandomGenerator random;
    private final SortedMap<EntityId, Hosted<?, ?, ?>> hosted = new TreeMap<>();
    private final List<Journaled> history = new ArrayList<>();
    private final List<Tell> underWay = new ArrayList<>();
    private final SortedSet<String> problems = new TreeSet<>();
    private Faults faults = Faults.NONE;

    public MemoryAuthority(String cluster, Signer signer, RandomGenerator random) {
        this.cluster = cluster;
        this.cores = new Cores(cluster, signer);
        this.random = random;
    }

    public void suffer(Faults from) {
        faults = from;
    }

    public void tell(Tell tell) {
        underWay.add(tell);
    }

    /** Empty before the fabric was created. */
    public Optional<Directory> directory() {
        var self = new Tell(cluster, new ClusterCommand.Found(List.of())).to();
        return Optional.ofNullable(hosted.get(self))
                .map(Hosted::state)
                .flatMap(state -> Directory.of((ClusterState) state));
    }

    /** What every entity that was ever told anything has journaled, in its order. */
    public SortedMap<EntityId, List<Object>> journals() {
        var journals = new TreeMap<EntityId, List<Object>>();
        hosted.forEach((id, host) -> journals.put(id, List.copyOf(host.journal())));
        return journals;
    }

    /** The same in the order in which it happened: any beginning of it is a backup. */
    public List<Journaled> history() {
        return List.copyOf(history);
    }

    /** How long the history is. */
    public int decided() {
        return history.size();
    }

    /** The history from an event on, which has that number, from 0. */
    public List<Journaled> since(int number) {
        return List.copyOf(history.subList(number, history.size()));
    }

    public Object state(EntityId id) {
        return host(id).state();
    }

    /** What an entity has published that stands. */
    public List<SignedRecord> standing(EntityId id) {
        return host(id).standing();
    }

    /** What an entity answers, now that it was told so. */
    public @Nullable Receipt receipt(Tell tell) {
        return host(tell.to()).receipt(tell.command());
    }

    /** What an event of the history published. */
    public Optional<SignedRecord> published(Journaled journaled) {
        return host(journaled.entity()).published(journaled.event());
    }

    /** What an operator was told since the last time, each sentence once. */
    public SortedSet<String> problems() {
        var said = Collections.unmodifiableSortedSet(new TreeSet<>(problems));
        problems.clear();
        return said;
    }

    /** Puts every entity back to an earlier journal, as from a backup; messages are gone. */
    public void restore(Map<EntityId, List<Object>> journals) {
        var backup = new ArrayList<Journaled>();
        journals.forEach(
                (id, events) -> events.forEach(event -> backup.add(new Journaled(id, event))));
        restore(backup);
    }

    /** The same, from a history. */
    public void restore(List<Journaled> backup) {
        underWay.clear();
        hosted.clear();
        history.clear();
        backup.forEach(each -> host(each.entity()).replay(each.event()));
        history.addAll(backup);
    }

    /** Delivers all that is under way and what follows from it; false when nothing was decided. */
    public boolean deliver() {
        int before = decided();
        while (!underWay.isEmpty()) {
            var tell = underWay.remove(random.nextInt(underWay.size()));
            if (random.nextDouble() < faults.twice()) {
                underWay.add(tell);
            }
            if (random.nextDouble() >= faults.lost()) {
                deliver(tell);
            }
        }
        return decided() > before;
    }

    /** Lets entities repeat what they wait for, until none decides anything more. */
    public void settle() {
        deliver();
        do {
            for (var host : List.copyOf(hosted.values())) {
                underWay.addAll(host.outstanding());
            }
        } while (deliver());
    }

    private void deliver(Tell tell) {
        var host = host(tell.to());
        if (random.nextDouble() < faults.crash()) {
            note(tell.to(), host.crash(tell.command(), random));
        } else {
            var said = host.take(tell.command());
            note(tell.to(), said.events());
            underWay.addAll(said.tells());
            problems.addAll(said.problems());
        }
    }

    private void note(EntityId id, List<?> events) {
        events.forEach(event -> history.add(new Journaled(id, event)));
    }

    private Hosted<?, ?, ?> host(EntityId id) {
        return hosted.computeIfAbsent(id, this::begin);
    }

    private Hosted<?, ?, ?> begin(EntityId id) {
        return new Hosted<>(cores.of(id));
    }

    /** One entity and its journal. */
    private static final class Hosted<C extends EntityCommand, E, S> {
        private final Entity<C, E, S> entity;
        private final Class<C> commands;
        private final List<E> journal = new ArrayList<>();
        private S state;

        Hosted(Core<C, E, S> core) {
            this.entity = core.entity();
            this.commands = core.commands();
            this.state = entity.empty();
        }

        S state() {
            return state;
        }

        List<E> journal() {
            return journal;
        }

        List<Tell> outstanding() {
            return entity.outstanding(state);
        }

        @Nullable Receipt receipt(EntityCommand command) {
            return entity.receipt(state, commands.cast(command));
        }

        List<SignedRecord> standing() {
            return entity.standing(state);
        }

        @SuppressWarnings("unchecked") // it came from this very entity
        Optional<SignedRecord> published(Object event) {
            return entity.published((E) event);
        }

        Decision<E> take(EntityCommand command) {
            var decision = entity.decide(state, commands.cast(command));
            decision.events().forEach(this::persist);
            return decision;
        }

        /** Gives the events that were durable before the crash. */
        List<E> crash(EntityCommand command, RandomGenerator random) {
            var events = entity.decide(state, commands.cast(command)).events();
            var durable = events.subList(0, random.nextInt(events.size() + 1));
            durable.forEach(this::persist);
            var kept = List.copyOf(journal);
            journal.clear();
            state = entity.empty();
            kept.forEach(this::persist);
            return durable;
        }

        @SuppressWarnings("unchecked") // it came from a journal of this very entity
        void replay(Object event) {
            persist((E) event);
        }

        private void persist(E event) {
            journal.add(event);
            state = entity.evolve(state, event);
        }
    }
}
