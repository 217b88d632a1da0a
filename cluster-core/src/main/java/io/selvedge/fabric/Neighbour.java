// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.fabric.Gossip.Nearness;
import io.selvedge.model.Bytes;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipMessage;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What gossip knows of a node that can be reached now, and what it may still be sent. */
final class Neighbour {
    /** As many summaries may stay without answer before it is asked more rarely. */
    private static final int PATIENCE = 3;

    private static final int BACK_OFF_TICKS_MAX = 32;

    /** Records with a broken signature; one that verifies what it takes in sends none. */
    private static final int FORGERIES = 16;

    private final Subject id;
    private final GossipSettings settings;
    private final Outbox outbox;
    private final TokenBucket allowance;
    private final TokenBucket forgeries;

    private Nearness nearness;
    private boolean told;
    private boolean all;
    private ScopeHashes announced = ScopeHashes.NONE;
    private @Nullable Instant heardAt;
    private int unanswered;
    private long askFrom;
    private Compared compared = Compared.NOTHING;
    private long answeredIn = -1;
    private long toldIn = -1;
    private long openedIn = -1;

    /** A digest, and what it is over. */
    private record Compared(long revision, Bytes kept, Bytes known, Bytes digest) {
        static final Compared NOTHING = new Compared(-1, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);

        boolean isOf(long revisionNow, Bytes keptNow, Bytes knownNow) {
            return revision == revisionNow && kept.equals(keptNow) && known.equals(knownNow);
        }
    }

    Neighbour(Subject id, Nearness nearness, GossipSettings settings, Instant now) {
        this.id = id;
        this.nearness = nearness;
        this.settings = settings;
        this.outbox = new Outbox(settings.waitingMax());
        long perSecond = Math.max(1, settings.budgetBytes() * 1_000L / settings.tick().toMillis());
        this.allowance = new TokenBucket(perSecond, settings.budgetBytes(), now);
        this.forgeries = new TokenBucket(1, FORGERIES, now);
    }

    Subject id() {
        return id;
    }

    Nearness nearness() {
        return nearness;
    }

    /** Takes in where it is now; a neighbour that is told of anew is asked at once again. */
    void meet(Nearness now) {
        nearness = now;
        unanswered = 0;
        askFrom = 0;
    }

    boolean holdsAll() {
        return all;
    }

    /** The hashes of the scopes that it keeps, when they are not all. */
    ScopeHashes announced() {
        return announced;
    }

    boolean covers(long scopeHash) {
        return all || announced.contains(scopeHash);
    }

    /** The digest over the scopes that it is known to keep; empty while it has not told. */
    Bytes known() {
        if (!told) {
            return Bytes.EMPTY;
        }
        return all ? Kept.ALL : announced.digest();
    }

    /**
     * The digest over what is held of the scopes that both keep: as found before, unless other
     * records are held now or other scopes are kept.
     */
    Bytes digest(long revision, Bytes kept, Supplier<Bytes> anew) {
        if (!compared.isOf(revision, kept, known())) {
            compared = new Compared(revision, kept, known(), anew.get());
        }
        return compared.digest();
    }

    /** Takes in which scopes it keeps; false when they are too many. */
    boolean announce(GossipMessage.Interests interests) {
        var before = interests.all() || all ? ScopeHashes.NONE : announced;
        var after =
                before.with(
                        prefix(interests.after()),
                        prefix(interests.upTo()),
                        ScopeHashes.read(interests.hashes()));
        if (!interests.all() && after.size() > settings.announcedMax()) {
            return false;
        }
        told = true;
        all = interests.all();
        announced = all ? ScopeHashes.NONE : after;
        return true;
    }

    void hear(Instant now) {
        heardAt = now;
        unanswered = 0;
        askFrom = 0;
    }

    /** When it was last heard of since it came within reach. */
    @Nullable Instant heardAt() {
        return heardAt;
    }

    /** Whether it is due, or silent for so long that it is better left alone. */
    boolean mayBeAsked(long tick) {
        return tick >= askFrom;
    }

    void asked(long tick) {
        unanswered++;
        if (unanswered > PATIENCE) {
            int doublings = Math.min(unanswered - PATIENCE, 5);
            askFrom = tick + Math.min(BACK_OFF_TICKS_MAX, 1 << doublings);
        }
    }

    /** True once a tick: so two that do not know each other do not answer for ever. */
    boolean takeAnswer(long tick) {
        boolean may = answeredIn != tick;
        answeredIn = tick;
        return may;
    }

    /** True once a tick, as {@link #takeAnswer}: for telling what this node keeps. */
    boolean takeTelling(long tick) {
        boolean may = toldIn != tick;
        toldIn = tick;
        return may;
    }

    /** A summary of this tick waits for what it says to it. */
    void opened(long tick) {
        openedIn = tick;
    }

    boolean isOpen(long tick) {
        return openedIn == tick;
    }

    Outbox outbox() {
        return outbox;
    }

    boolean maySend(Instant now) {
        return !allowance.isEmpty(now);
    }

    void spend(int bytes) {
        allowance.take(bytes);
    }

    /** Whether it has sent so many forgeries of late that none of its records is worth a look. */
    boolean isForger(Instant now) {
        return forgeries.isEmpty(now);
    }

    void forged() {
        forgeries.take(1);
    }

    private static @Nullable Long prefix(@Nullable Bytes bound) {
        return bound == null ? null : bound.longAt(0);
    }
}
