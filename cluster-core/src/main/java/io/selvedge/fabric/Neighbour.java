// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.GossipMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What gossip knows of a node that can be reached now, and what it may still be sent. */
final class Neighbour {
    private final Subject id;
    private final GossipSettings settings;
    private final TreeSet<Scope> announced = new TreeSet<>();
    private final Outbox outbox;

    private boolean all;
    private boolean heard;
    private boolean digestsDue;
    private boolean answered;
    private long allowance;
    private Instant filled;

    Neighbour(Subject id, GossipSettings settings, Instant now) {
        this.id = id;
        this.settings = settings;
        this.outbox = new Outbox(settings.waitingMax());
        this.allowance = settings.budgetBytes();
        this.filled = now;
    }

    Subject id() {
        return id;
    }

    boolean holdsAll() {
        return all;
    }

    /** Whether it has told its scopes since it came within reach. */
    boolean isHeard() {
        return heard;
    }

    SortedSet<Scope> announced() {
        return Collections.unmodifiableSortedSet(announced);
    }

    boolean covers(Scope scope) {
        return all || announced.contains(scope);
    }

    /** Takes in which scopes it holds; false when they are too many. */
    boolean announce(GossipMessage.Digests digests) {
        heard = true;
        all = digests.all();
        if (all) {
            announced.clear();
            return true;
        }
        var after = digests.after();
        var upTo = digests.upTo();
        announced.removeIf(scope ->
                (after == null || scope.compareTo(after) > 0)
                        && (upTo == null || scope.compareTo(upTo) <= 0));
        for (var each : digests.scopes()) {
            if (announced.size() == settings.announcedMax()) {
                return false;
            }
            announced.add(each.scope());
        }
        return true;
    }

    /** Puts a record of a scope that it announced in line. */
    void offer(SignedRecord record) {
        if (covers(record.scope()) && !outbox.offer(record)) {
            digestsDue = true;
        }
    }

    Outbox outbox() {
        return outbox;
    }

    void wantDigests() {
        digestsDue = true;
    }

    boolean takeDigestsDue() {
        boolean due = digestsDue;
        digestsDue = false;
        return due;
    }

    /** True once between two ticks: so two that ask each other do not answer for ever. */
    boolean takeAnswer() {
        boolean may = !answered;
        answered = true;
        return may;
    }

    void tick() {
        answered = false;
    }

    /** Lets the allowance grow with time, up to one tick's budget. */
    void refill(Instant now) {
        long budget = settings.budgetBytes();
        long elapsed =
                Math.clamp(Duration.between(filled, now).toMillis(), 0, settings.tick().toMillis());
        allowance = Math.min(budget, allowance + budget * elapsed / settings.tick().toMillis());
        filled = now;
    }

    boolean maySend() {
        return allowance > 0;
    }

    void spend(GossipMessage message) {
        allowance -= GossipCodec.size(message) + SignedDatagram.OVERHEAD;
    }
}
