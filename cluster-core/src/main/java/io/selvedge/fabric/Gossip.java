// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.GossipMessage.Held;
import io.selvedge.wire.GossipMessage.ScopeDigest;
import io.selvedge.wire.MalformedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gossip as a state machine: inputs, the time and random numbers go in, effects come out, and what
 * a node holds is kept meanwhile. New records go at once to every neighbour that keeps their scope;
 * digests find what was lost, listings name it, pushes and pulls move it. Knows no membership: a
 * neighbour is whoever can be reached.
 *
 * <p>Owned by one thread. Effects are to be done in their order: what is {@link Stored} rests on
 * disk before it is sent. Nobody needs to retry: a {@link Send} that is lost is made up for by a
 * later tick.
 */
public final class Gossip {
    private final RecordSet records;
    private final Predicate<SignedRecord> verifier;
    private final GossipSettings settings;
    private final TreeMap<Subject, Neighbour> neighbours = new TreeMap<>();
    private final Map<RecordKey, Version> own = new HashMap<>();
    private final TreeSet<Scope> ownScopes = new TreeSet<>();
    private Subscriptions subscriptions = Subscriptions.NONE;

    /** What happens to a node. */
    public sealed interface Input {}

    /** That {@link GossipSettings#tick} went by. */
    public record Tick() implements Input {}

    /** A message that is proven to come from the node. */
    public record Received(Subject from, GossipMessage message) implements Input {}

    /** Records made here, or handed over by whom this node trusts: kept whatever their scope. */
    public record Published(Collection<SignedRecord> records) implements Input {}

    /** All nodes that can be reached now. */
    public record Neighbours(SortedSet<Subject> live) implements Input {}

    /** The scopes to keep from now on. */
    public record Subscribed(Subscriptions subscriptions) implements Input {}

    /** What a node is to do. */
    public sealed interface Effect {}

    /** Newly held: to be persisted and planned with, before anything is sent. */
    public record Stored(List<SignedRecord> records) implements Effect {}

    /** No longer held, because their scope is no longer kept. */
    public record Dropped(List<SignedRecord> records) implements Effect {}

    public record Send(Subject to, GossipMessage message) implements Effect {}

    /** What a neighbour said and was not taken in; to be counted. */
    public record Refused(Subject from, Refusal reason, String detail) implements Effect {}

    /**
     * Another has spoken as this node: an earlier life whose disk is lost, or a twin. The node's
     * next version must lie above.
     */
    public record SelfAhead(RecordKey writer, Version version) implements Effect {}

    /** Why something was not taken in. */
    public enum Refusal {
        MALFORMED,
        BAD_SIGNATURE,
        NOT_A_NEIGHBOUR,
        NOT_KEPT_HERE,
        FULL
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
        this.records = records;
        this.verifier = verifier;
        this.settings = settings;
        own.forEach(key -> this.own.put(key, new Version(0, 0)));
        records.records().forEach(this::noteOwn);
    }

    /** What is held now. A view: copy it for another thread. */
    public RecordSet records() {
        return records;
    }

    public List<Effect> on(Input input, Instant now, RandomGenerator random) {
        var turn = new Turn(random);
        neighbours.values().forEach(neighbour -> neighbour.refill(now));
        switch (input) {
            case Tick() -> tick(turn);
            case Received(var from, var message) -> receive(from, message, turn);
            case Published(var published) -> published.forEach(each -> keep(each, null, turn));
            case Neighbours(var live) -> meet(live, now, turn);
            case Subscribed(var wanted) -> subscribe(wanted, turn);
        }
        neighbours.values().forEach(neighbour -> push(neighbour, turn));
        return turn.effects();
    }

    private void tick(Turn turn) {
        int lucky = neighbours.isEmpty() ? 0 : turn.random.nextInt(neighbours.size());
        int index = 0;
        for (var neighbour : neighbours.values()) {
            neighbour.tick();
            boolean due = neighbour.takeDigestsDue();
            if (due || index == lucky) {
                sendDigests(neighbour, turn);
            }
            index++;
        }
    }

    private void meet(SortedSet<Subject> live, Instant now, Turn turn) {
        neighbours.keySet().retainAll(live);
        for (var id : live) {
            if (!neighbours.containsKey(id)) {
                var neighbour = new Neighbour(id, settings, now);
                neighbours.put(id, neighbour);
                sendDigests(neighbour, turn);
            }
        }
    }

    private void subscribe(Subscriptions wanted, Turn turn) {
        if (wanted.equals(subscriptions)) {
            return;
        }
        subscriptions = wanted;
        for (var scope : records.scopes()) {
            if (!keeps(scope)) {
                turn.dropped.addAll(records.records(scope));
            }
        }
        turn.dropped.forEach(records::remove);
        neighbours.values().forEach(neighbour -> sendDigests(neighbour, turn));
    }

    private void receive(Subject from, GossipMessage message, Turn turn) {
        var neighbour = neighbours.get(from);
        if (message instanceof GossipMessage.Push(var pushed)) {
            pushed.forEach(bytes -> take(bytes, from, neighbour, turn));
            return;
        }
        if (neighbour == null) {
            turn.refuse(from, Refusal.NOT_A_NEIGHBOUR, "it cannot be reached from here yet");
            return;
        }
        switch (message) {
            case GossipMessage.Digests digests -> compare(neighbour, digests, turn);
            case GossipMessage.Listing listing -> compare(neighbour, listing, turn);
            case GossipMessage.Pull(var scope, var slots) ->
                    slots.forEach(slot -> records.records(scope, slot).forEach(neighbour::offer));
            case GossipMessage.Push _ -> throw new AssertionError("taken above");
        }
    }

    private void compare(Neighbour from, GossipMessage.Digests digests, Turn turn) {
        if (!from.announce(digests)) {
            turn.refuse(from.id(), Refusal.FULL, "it announces too many scopes");
        }
        for (var each : digests.scopes()) {
            var scope = each.scope();
            if (keeps(scope) && !records.digest(scope).equals(each.digest())) {
                from.wantDigests();
                if (each.digest().equals(RecordSet.EMPTY_DIGEST)) {
                    records.records(scope).forEach(from::offer);
                } else {
                    sendListing(from, scope, turn);
                }
            }
        }
        if (digests.unheard() && from.takeAnswer()) {
            sendDigests(from, turn);
        }
    }

    private void compare(Neighbour from, GossipMessage.Listing listing, Turn turn) {
        var scope = listing.scope();
        if (!keeps(scope)) {
            turn.refuse(from.id(), Refusal.NOT_KEPT_HERE, "a listing of " + scope);
            return;
        }
        var theirs = new TreeMap<Bytes, List<Held>>();
        for (var held : listing.held()) {
            theirs.computeIfAbsent(held.slot(), _ -> new ArrayList<>()).add(held);
        }
        var lacking = new ArrayList<Bytes>();
        for (var entry : records.entries(scope, listing.after(), listing.upTo())) {
            var difference = Difference.between(entry, theirs.remove(entry.slotHash()));
            if (difference.theyLack()) {
                entry.records().forEach(from::offer);
            }
            if (difference.weLack()) {
                lacking.add(entry.slotHash());
            }
        }
        lacking.addAll(theirs.keySet());
        if (!lacking.isEmpty()) {
            Datagrams.pulls(scope, lacking).forEach(pull -> send(from, pull, turn));
        }
    }

    private void take(Bytes bytes, Subject from, @Nullable Neighbour neighbour, Turn turn) {
        try {
            var record = SignedRecord.parse(bytes);
            if (!keeps(record.scope()) && !own.containsKey(record.header().writer())) {
                turn.refuse(from, Refusal.NOT_KEPT_HERE, record.toString());
                return;
            }
            switch (records.judge(record)) {
                case ALREADY_KNOWN -> forget(record, neighbour);
                case SUPERSEDED -> answer(record, neighbour);
                case ACCEPTED, EQUIVOCATION -> admit(record, from, turn);
            }
        } catch (MalformedRecord refused) {
            turn.refuse(from, Refusal.MALFORMED, String.valueOf(refused.getMessage()));
        }
    }

    /** It has the record, so it need not be sent what waits, unless that is half of a proof. */
    private void forget(SignedRecord record, @Nullable Neighbour from) {
        if (from != null && records.records(record.scope(), record.slotHash()).size() == 1) {
            from.outbox().remove(record);
        }
    }

    private void answer(SignedRecord outweighed, @Nullable Neighbour from) {
        if (from != null) {
            records.records(outweighed.scope(), outweighed.slotHash()).forEach(from::offer);
        }
    }

    private void admit(SignedRecord record, Subject from, Turn turn) {
        boolean newSlot = records.entry(record.scope(), record.slotHash()) == null;
        if (newSlot && records.bytes() + record.size() > settings.heldBytesMax()) {
            turn.refuse(from, Refusal.FULL, record.toString());
        } else if (!verifier.test(record)) {
            turn.refuse(from, Refusal.BAD_SIGNATURE, record.toString());
        } else {
            var highest = own.get(record.header().writer());
            var merged = keep(record, from, turn);
            boolean twin = merged == RecordSet.Merged.EQUIVOCATION;
            if (highest != null && (twin || record.version().compareTo(highest) > 0)) {
                turn.others.add(new SelfAhead(record.header().writer(), record.version()));
            }
        }
    }

    private RecordSet.Merged keep(SignedRecord record, @Nullable Subject from, Turn turn) {
        var merged = records.merge(record);
        switch (merged) {
            case ACCEPTED, EQUIVOCATION -> {
                noteOwn(record);
                turn.stored.add(record);
                for (var neighbour : neighbours.values()) {
                    if (!neighbour.id().equals(from)) {
                        neighbour.offer(record);
                    }
                }
            }
            case ALREADY_KNOWN, SUPERSEDED -> {}
        }
        return merged;
    }

    private void noteOwn(SignedRecord record) {
        var writer = record.header().writer();
        var highest = own.get(writer);
        if (highest != null) {
            ownScopes.add(record.scope());
            if (record.version().compareTo(highest) > 0) {
                own.put(writer, record.version());
            }
        }
    }

    private boolean keeps(Scope scope) {
        return subscriptions.covers(scope) || ownScopes.contains(scope);
    }

    /** Sends what waits for a neighbour, as far as its allowance goes. */
    private void push(Neighbour neighbour, Turn turn) {
        var batch = new ArrayList<Bytes>();
        int room = Datagrams.roomForRecords();
        while (neighbour.maySend()) {
            var next = neighbour.outbox().poll();
            if (next == null) {
                break;
            }
            if (!neighbour.covers(next.scope())) {
                continue;
            }
            for (var record : records.records(next.scope(), next.slotHash())) {
                if (!batch.isEmpty() && Datagrams.room(record) > room) {
                    emit(neighbour, new GossipMessage.Push(batch), turn);
                    batch.clear();
                    room = Datagrams.roomForRecords();
                }
                batch.add(record.bytes());
                room -= Datagrams.room(record);
            }
        }
        if (!batch.isEmpty()) {
            emit(neighbour, new GossipMessage.Push(batch), turn);
        }
    }

    /** From a random place on, so that a small allowance does not always reach the same slots. */
    private void sendListing(Neighbour to, Scope scope, Turn turn) {
        var slices = Datagrams.listing(scope, records.entries(scope));
        Collections.rotate(slices, turn.random.nextInt(slices.size()));
        slices.forEach(slice -> send(to, slice, turn));
    }

    private void sendDigests(Neighbour to, Turn turn) {
        var digests =
                scopesFor(to).stream()
                        .map(scope -> new ScopeDigest(scope, records.digest(scope)))
                        .toList();
        Datagrams.digests(subscriptions.all(), !to.isHeard(), digests)
                .forEach(message -> send(to, message, turn));
    }

    /** Who keeps all tells of what the other keeps; who does not has to tell what it keeps. */
    private SortedSet<Scope> scopesFor(Neighbour to) {
        if (subscriptions.all()) {
            return to.holdsAll() ? records.scopes() : to.announced();
        }
        var scopes = new TreeSet<>(subscriptions.scopes());
        scopes.addAll(ownScopes);
        return scopes;
    }

    /** Left out when the allowance is spent: the digests of the next tick lead to it again. */
    private void send(Neighbour to, GossipMessage message, Turn turn) {
        if (to.maySend()) {
            emit(to, message, turn);
        } else {
            to.wantDigests();
        }
    }

    private void emit(Neighbour to, GossipMessage message, Turn turn) {
        to.spend(message);
        turn.sends.add(new Send(to.id(), message));
    }
}
