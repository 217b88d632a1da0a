// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.fabric.Gossip.Nearness;
import io.selvedge.fabric.Gossip.Send;
import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.GossipMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The neighbours, what waits for each, and what may be sent to them now: alone and together. */
final class Neighbourhood {
    /** After a cut, the one who holds what nobody else on this side has may be any of those met. */
    private static final int MET_ASKED = 32;

    private static final int RANDOM_EVERY = 2;

    private final GossipSettings settings;
    private final RecordSet records;
    private final TreeMap<Subject, Neighbour> byId = new TreeMap<>();
    private final List<Neighbour> all = new ArrayList<>();
    private final LinkedHashSet<Neighbour> waiting = new LinkedHashSet<>();
    private final LinkedHashSet<Neighbour> stalled = new LinkedHashSet<>();
    private final LinkedHashSet<Neighbour> differing = new LinkedHashSet<>();
    private final LinkedHashSet<Neighbour> uncompared = new LinkedHashSet<>();
    private @Nullable TokenBucket total;
    private String site = "";

    Neighbourhood(RecordSet records, GossipSettings settings) {
        this.records = records;
        this.settings = settings;
    }

    @Nullable Neighbour get(@Nullable Subject id) {
        return id == null ? null : byId.get(id);
    }

    Collection<Neighbour> all() {
        return Collections.unmodifiableList(all);
    }

    /** The site of this node. */
    String site() {
        return site;
    }

    /** Takes in who can be reached now, and gives those who could not be before. */
    List<Neighbour> meet(String ownSite, SortedMap<Subject, Nearness> live, Turn turn) {
        site = ownSite;
        byId.keySet().retainAll(live.keySet());
        var met = new ArrayList<Neighbour>();
        live.forEach((id, nearness) -> {
            var known = byId.get(id);
            if (known == null) {
                known = new Neighbour(id, nearness, settings, turn.now);
                byId.put(id, known);
                met.add(known);
                uncompared.add(known);
            } else if (!known.nearness().equals(nearness)) {
                known.meet(nearness);
            }
        });
        all.clear();
        all.addAll(byId.values());
        List.of(waiting, stalled, differing, uncompared)
                .forEach(some -> some.removeIf(each -> byId.get(each.id()) != each));
        return met;
    }

    /**
     * Whom to ask in this tick: those known or feared to differ, and every {@value #RANDOM_EVERY}
     * ticks some at random. The silent ones are asked ever more rarely.
     */
    Collection<Neighbour> toAsk(int max, Turn turn) {
        var asked = new LinkedHashSet<Neighbour>();
        firstOf(differing, (max + 1) / 2, asked, turn);
        firstOf(uncompared, MET_ASKED, asked, turn);
        if (turn.tick % RANDOM_EVERY != 0) {
            return asked;
        }
        int start = all.isEmpty() ? 0 : turn.random.nextInt(all.size());
        int more = asked.size() + Math.max(1, max / 2);
        for (int i = 0; i < all.size() && asked.size() < more; i++) {
            var next = all.get((start + i) % all.size());
            if (next.mayBeAsked(turn.tick)) {
                asked.add(next);
            }
        }
        if (asked.isEmpty() && !all.isEmpty()) {
            asked.add(all.get(start));
        }
        return asked;
    }

    /** Those come to the end of the queue, so that the next tick asks others. */
    private static void firstOf(
            SequencedSet<Neighbour> queue, int max, Set<Neighbour> asked, Turn turn) {
        var first = queue.stream().filter(each -> each.mayBeAsked(turn.tick)).limit(max).toList();
        first.forEach(queue::remove);
        queue.addAll(first);
        asked.addAll(first);
    }

    /** Has these asked soon: what they were sent may not have arrived. */
    void confirm(Collection<Neighbour> told) {
        uncompared.addAll(told);
    }

    /** Notes whether what it holds was found to be what this node holds. */
    void compared(Neighbour with, boolean equal) {
        if (equal) {
            uncompared.remove(with);
            differing.remove(with);
        } else {
            differing.add(with);
        }
    }

    boolean differs() {
        return !differing.isEmpty();
    }

    /** Puts a slot of a scope that the neighbour keeps in line. */
    void offer(Neighbour to, Scope scope, long scopeHash, Card card) {
        if (to.covers(scopeHash)) {
            if (!to.outbox().offer(scope, card.slotHash(), card.urgency())) {
                differing.add(to);
            }
            if (!stalled.contains(to)) {
                waiting.add(to);
            }
        }
    }

    void offer(Neighbour to, Shelf shelf, Entry entry) {
        offer(to, shelf.scope(), shelf.hash(), entry.highest());
    }

    /** Lets those whose allowance was spent have another try. */
    void tick() {
        waiting.addAll(stalled);
        stalled.clear();
    }

    /** Left out when the allowance is spent: the summary of a later tick leads to it again. */
    boolean send(Neighbour to, GossipMessage message, Turn turn) {
        if (!maySend(to, turn)) {
            differing.add(to);
            return false;
        }
        emit(to, message, turn);
        return true;
    }

    /** Sends what waits, as far as allowances go: what is most urgent first, to whomever. */
    void push(Turn turn) {
        if (waiting.isEmpty()) {
            return;
        }
        push(Outbox.MOST_URGENT, turn);
        push(Outbox.LEAST_URGENT, turn);
        waiting.removeIf(neighbour -> neighbour.outbox().isEmpty());
        stalled.addAll(waiting);
        waiting.clear();
    }

    private void push(int leastUrgent, Turn turn) {
        waiting.forEach(neighbour -> push(neighbour, leastUrgent, turn));
    }

    private void push(Neighbour to, int leastUrgent, Turn turn) {
        var batch = new ArrayList<Bytes>();
        int room = Datagrams.roomForRecords();
        while (maySend(to, turn)) {
            var next = to.outbox().poll(leastUrgent);
            if (next == null) {
                break;
            }
            for (var record : held(to, next)) {
                if (!batch.isEmpty() && Datagrams.room(record) > room) {
                    emit(to, new GossipMessage.Push(batch), turn);
                    batch.clear();
                    room = Datagrams.roomForRecords();
                }
                batch.add(record.bytes());
                room -= Datagrams.room(record);
            }
        }
        if (!batch.isEmpty()) {
            emit(to, new GossipMessage.Push(batch), turn);
        }
    }

    private List<SignedRecord> held(Neighbour to, Outbox.Waiting slot) {
        var shelf = records.shelf(slot.scope());
        return shelf == null || !to.covers(shelf.hash())
                ? List.of()
                : records.records(slot.scope(), slot.slotHash());
    }

    private boolean maySend(Neighbour to, Turn turn) {
        if (total == null) {
            long perSecond =
                    Math.max(1, settings.totalBytes() * 1_000L / settings.tick().toMillis());
            total = new TokenBucket(perSecond, settings.totalBytes(), turn.now);
        }
        return !total.isEmpty(turn.now) && to.maySend(turn.now);
    }

    private void emit(Neighbour to, GossipMessage message, Turn turn) {
        int bytes = GossipCodec.size(message) + SignedDatagram.OVERHEAD;
        to.spend(bytes);
        if (total != null) {
            total.take(bytes);
        }
        turn.sends.add(new Send(to.id(), message));
    }
}
