// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gossip as a state machine: inputs, the time and random numbers go in, effects come out, and what
 * a node holds is kept meanwhile. New records go at once to a few neighbours that keep their scope,
 * and on from there; summaries find what was lost, digests and listings name it, pushes and pulls
 * move it. Knows no membership: a neighbour is whoever can be reached.
 *
 * <p>Owned by one thread. Effects are to be done in their order: what is {@link Stored} rests on
 * disk before it is sent. Nobody needs to retry: a {@link Send} that is lost is made up for by a
 * later tick.
 */
public final class Gossip {
    /** The neighbours that a node which keeps all asks a tick, and any other. */
    private static final int ASKED_BY_HUB = 8;

    private static final int ASKED = 2;

    private final RecordSet records;
    private final Reader reader;
    private final Map<RecordKey, Version> own = new HashMap<>();
    private final Kept kept = new Kept();
    private final Neighbourhood neighbourhood;
    private final RefusedRecords refused;
    private final WriterQuotas quotas;
    private final Admission admission;
    private final Spread spread;
    private final AntiEntropy antiEntropy;
    private Predicate<SignedRecord> isDead = _ -> false;
    private long ticks;

    /** What happens to a node. */
    public sealed interface Input {}

    /** That {@link GossipSettings#tick} went by. */
    public record Tick() implements Input {}

    /** A message that is proven to come from the node. */
    public record Received(Subject from, GossipMessage message) implements Input {}

    /**
     * Records that somebody told on a LAN. They prove themselves; who told them is not proven, so
     * nothing follows from it but what they say.
     */
    public record Overheard(Subject about, List<Bytes> records) implements Input {}

    /** Records made here, or handed over by whom this node trusts: kept whatever their scope. */
    public record Published(Collection<SignedRecord> records) implements Input {}

    /**
     * All nodes that can be reached now.
     *
     * @param site the site of this node
     */
    public record Neighbours(String site, SortedMap<Subject, Nearness> live) implements Input {}

    /** The site of a node, and whether it is a hub: one that keeps all scopes. */
    public record Nearness(String site, boolean hub) {}

    /** The scopes to keep from now on. */
    public record Subscribed(Subscriptions subscriptions) implements Input {}

    /**
     * What may be taken in of each writer from now on; null for one of whom nothing is known. Until
     * told, all are strangers. To be told again whenever the function's answers change.
     */
    public record Quoted(Function<RecordKey, @Nullable Quota> quotas) implements Input {}

    /**
     * Records that nobody is to keep any more.
     *
     * @param dead those that are held
     * @param isDead asked about each that comes from now on
     */
    public record Buried(Collection<SignedRecord> dead, Predicate<SignedRecord> isDead)
            implements Input {
        public Buried {
            dead = List.copyOf(dead);
        }
    }

    /** What a node is to do. */
    public sealed interface Effect {}

    /** Newly held: to be persisted and planned with, before anything is sent. */
    public record Stored(List<SignedRecord> records) implements Effect {}

    /** No longer held, because their scope is no longer kept, or they are dead. */
    public record Dropped(List<SignedRecord> records) implements Effect {}

    /** Some records of these scopes rotted on disk; neighbours are asked for them again. */
    public record Lost(Set<Scope> scopes) implements Effect {
        public Lost {
            scopes = Set.copyOf(scopes);
        }
    }

    public record Send(Subject to, GossipMessage message) implements Effect {}

    /** What a neighbour said and was not taken in; to be counted. */
    public record Refused(Subject from, Refusal reason, String detail) implements Effect {}

    /**
     * Another has spoken as this node: an earlier life whose disk is lost, or a twin. The node's
     * next version must lie above.
     */
    public record SelfAhead(RecordKey writer, Version version) implements Effect {}

    /** Port: how the bytes of a record are read. {@link SignedRecord#parse} is the one to use. */
    @FunctionalInterface
    public interface Reader {
        SignedRecord read(Bytes record) throws MalformedRecord;
    }

    /**
     * A node that has just started, without neighbours and keeping only its own scopes.
     *
     * @param own the keys that this node signs records with
     * @param records what the node held when it stopped; owned by gossip from now on
     * @param verifier whether a record's signature holds
     */
    public Gossip(
            Set<RecordKey> own,
            RecordSet records,
            Predicate<SignedRecord> verifier,
            GossipSettings settings) {
        this(own, records, SignedRecord::parse, verifier, settings);
    }

    /** As the other, for who runs many nodes that share what they read. */
    public Gossip(
            Set<RecordKey> own,
            RecordSet records,
            Reader reader,
            Predicate<SignedRecord> verifier,
            GossipSettings settings) {
        this.records = records;
        this.reader = reader;
        this.neighbourhood = new Neighbourhood(records, settings);
        this.refused = new RefusedRecords(settings.refusedMax());
        this.quotas = new WriterQuotas(records);
        this.admission = new Admission(records, verifier, quotas, settings.heldBytesMax());
        this.spread = new Spread(records, kept, neighbourhood, settings);
        this.antiEntropy = new AntiEntropy(records, kept, neighbourhood, refused);
        own.forEach(key -> this.own.put(key, new Version(0, 0)));
        own.forEach(key -> records.recordsOf(key).forEach(this::noteOwn));
    }

    /** What is held now. A view: copy it for another thread. */
    public RecordSet records() {
        return records;
    }

    /**
     * Whether, as far as is known here, the neighbours hold what this node holds: none was found to
     * differ since it was last compared with, and one has agreed since this node last published.
     */
    public boolean agrees() {
        return antiEntropy.agrees();
    }

    /** When a neighbour was last heard of; null if never since it came within reach. */
    public @Nullable Instant heardFrom(Subject neighbour) {
        var known = neighbourhood.get(neighbour);
        return known == null ? null : known.heardAt();
    }

    public List<Effect> on(Input input, Instant now, RandomGenerator random) {
        if (input instanceof Tick) {
            ticks++;
        }
        var turn = new Turn(now, ticks, random);
        switch (input) {
            case Tick() -> tick(turn);
            case Received(var from, var message) -> receive(from, message, turn);
            case Overheard(var about, var told) ->
                    told.forEach(bytes -> take(bytes, about, null, turn));
            case Published(var published) -> publish(published, turn);
            case Neighbours(var site, var live) ->
                    neighbourhood
                            .meet(site, live, turn)
                            .forEach(met -> antiEntropy.summarise(met, turn));
            case Subscribed(var wanted) -> subscribe(wanted, turn);
            case Quoted(var quoted) -> {
                quotas.become(quoted);
                refused.reconsider();
            }
            case Buried(var dead, var judge) -> {
                isDead = judge;
                dead.stream().filter(records::remove).forEach(turn.dropped::add);
            }
        }
        neighbourhood.push(turn);
        var lost = records.dropUnreadable();
        if (!lost.isEmpty()) {
            turn.others.add(new Lost(lost));
        }
        return turn.effects();
    }

    private void tick(Turn turn) {
        neighbourhood.tick();
        for (var asked : neighbourhood.toAsk(kept.all() ? ASKED_BY_HUB : ASKED, turn)) {
            asked.asked(turn.tick);
            antiEntropy.summarise(asked, turn);
        }
    }

    private void publish(Collection<SignedRecord> published, Turn turn) {
        for (var record : published) {
            if (isDead.test(record)) {
                continue; // an authority publishes anew all it ever said
            }
            switch (keep(record, null, turn)) {
                case ACCEPTED, EQUIVOCATION -> antiEntropy.saidSomething();
                case ALREADY_KNOWN, SUPERSEDED -> {}
            }
        }
    }

    private void subscribe(Subscriptions wanted, Turn turn) {
        var before = kept.digest();
        var hashes = kept.hashes();
        kept.subscribe(wanted, turn.tick);
        if (kept.digest().equals(before)) {
            return;
        }
        refused.reconsider();
        for (var scope : records.scopes()) {
            if (!kept.covers(scope)) {
                turn.dropped.addAll(records.records(scope));
            }
        }
        turn.dropped.forEach(records::remove);
        records.forgetLosses(scope -> !kept.covers(scope));
        var changed = kept.hashes().changedSince(hashes);
        neighbourhood
                .all()
                .forEach(each -> antiEntropy.tell(each, changed.after(), changed.upTo(), turn));
    }

    private void receive(Subject from, GossipMessage message, Turn turn) {
        var neighbour = neighbourhood.get(from);
        if (neighbour != null) {
            neighbour.hear(turn.now);
        }
        if (message instanceof GossipMessage.Push(var pushed)) {
            pushed.forEach(bytes -> take(bytes, from, neighbour, turn));
        } else if (neighbour == null) {
            turn.refuse(from, Refusal.NOT_A_NEIGHBOUR, "it cannot be reached from here yet");
        } else {
            converse(neighbour, message, turn);
        }
    }

    private void converse(Neighbour with, GossipMessage message, Turn turn) {
        switch (message) {
            case GossipMessage.Summary summary -> antiEntropy.hear(with, summary, turn);
            case GossipMessage.Agreed agreed -> antiEntropy.hear(with, agreed);
            case GossipMessage.Interests interests -> antiEntropy.hear(with, interests, turn);
            case GossipMessage.Buckets buckets -> antiEntropy.hear(with, buckets, turn);
            case GossipMessage.Digests digests -> antiEntropy.hear(with, digests, turn);
            case GossipMessage.Listing listing -> antiEntropy.hear(with, listing, turn);
            case GossipMessage.Pull pull -> antiEntropy.hear(with, pull);
            case GossipMessage.Push _ -> throw new AssertionError("taken before");
        }
    }

    private void take(Bytes bytes, Subject from, @Nullable Neighbour neighbour, Turn turn) {
        try {
            var record = reader.read(bytes);
            if (!kept.covers(record.scope()) && !own.containsKey(record.header().writer())) {
                turn.refuse(from, Refusal.NOT_KEPT_HERE, record.toString());
                return;
            }
            switch (records.judge(record)) {
                case ALREADY_KNOWN -> forget(record, neighbour);
                case SUPERSEDED -> answer(record, neighbour);
                case ACCEPTED, EQUIVOCATION -> admit(record, from, neighbour, turn);
            }
        } catch (MalformedRecord malformed) {
            turn.refuse(from, Refusal.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    /** It has the record, so it need not be sent what waits, unless that is half of a proof. */
    private void forget(SignedRecord record, @Nullable Neighbour from) {
        var entry = records.entry(record.scope(), record.slotHash());
        if (from != null && entry != null && !entry.isEquivocation()) {
            from.outbox().remove(record);
        }
    }

    private void answer(SignedRecord outweighed, @Nullable Neighbour from) {
        var shelf = records.shelf(outweighed.scope());
        var entry = shelf == null ? null : shelf.entry(outweighed.slotHash());
        if (from != null && shelf != null && entry != null) {
            neighbourhood.offer(from, shelf, entry);
        }
    }

    private void admit(
            SignedRecord record, Subject from, @Nullable Neighbour neighbour, Turn turn) {
        boolean ours = own.containsKey(record.header().writer());
        var refusal =
                isDead.test(record)
                        ? Refusal.DEAD
                        : admission.refuses(record, ours, neighbour, turn.now);
        if (refusal != null) {
            turn.refuse(from, refusal, record.toString());
            if (refusal != Refusal.RATE && neighbour != null) {
                refused.add(from, record, refusal);
            }
            return;
        }
        var highest = own.get(record.header().writer());
        var merged = keep(record, neighbour, turn);
        boolean twin = merged == RecordSet.Merged.EQUIVOCATION;
        if (highest != null && (twin || record.version().compareTo(highest) > 0)) {
            turn.others.add(new SelfAhead(record.header().writer(), record.version()));
        }
    }

    private RecordSet.Merged keep(SignedRecord record, @Nullable Neighbour from, Turn turn) {
        var merged = records.merge(record);
        switch (merged) {
            case ACCEPTED, EQUIVOCATION -> {
                noteOwn(record);
                turn.stored.add(record);
                spread.news(record, from, turn);
            }
            case ALREADY_KNOWN, SUPERSEDED -> {}
        }
        return merged;
    }

    private void noteOwn(SignedRecord record) {
        var writer = record.header().writer();
        var highest = own.get(writer);
        if (highest != null) {
            kept.write(record.scope());
            if (record.version().compareTo(highest) > 0) {
                own.put(writer, record.version());
            }
        }
    }
}
