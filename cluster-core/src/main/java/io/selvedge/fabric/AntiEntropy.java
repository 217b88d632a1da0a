// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import io.selvedge.model.Version;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.GossipMessage.Held;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of two nodes that finds what either lacks: summaries, then buckets where there
 * is much to compare, digests of scopes, listings of slots, and then records. Each message means
 * something alone, and each answer is found from the message and from what is held now; so any may
 * be lost, and the next tick starts over.
 */
final class AntiEntropy {
    /** A scope of more records is compared by buckets first. */
    private static final int LISTED_MAX = 64;

    /** The exchanges that a node which does not keep all takes part in on its own account. */
    private static final int EXCHANGES_MAX = 3;

    private final RecordSet records;
    private final Kept kept;
    private final Neighbourhood neighbourhood;
    private final RefusedRecords refused;
    private long exchangesIn = -1;
    private int exchanges;
    private boolean confirmed = true;

    AntiEntropy(RecordSet records, Kept kept, Neighbourhood neighbourhood, RefusedRecords refused) {
        this.records = records;
        this.kept = kept;
        this.neighbourhood = neighbourhood;
        this.refused = refused;
    }

    /** Whether, since the last thing said here, somebody agreed and nobody is known to differ. */
    boolean agrees() {
        return confirmed && !neighbourhood.differs();
    }

    void saidSomething() {
        confirmed = false;
    }

    void summarise(Neighbour to, Turn turn) {
        var summary = new GossipMessage.Summary(kept.digest(), to.known(), digest(to));
        if (neighbourhood.send(to, summary, turn)) {
            to.opened(turn.tick);
        }
    }

    /** Tells what this node keeps of a range of scope hashes. */
    void tell(Neighbour to, @Nullable Long after, @Nullable Long upTo, Turn turn) {
        var messages =
                kept.all()
                        ? List.<GossipMessage>of(
                                new GossipMessage.Interests(
                                        true, kept.digest(), null, null, Bytes.EMPTY))
                        : Datagrams.interests(kept.hashes(), after, upTo);
        messages.forEach(message -> neighbourhood.send(to, message, turn));
    }

    void hear(Neighbour from, GossipMessage.Summary summary, Turn turn) {
        boolean knowsUs = summary.known().equals(kept.digest());
        if (!knowsUs && from.takeTelling(turn.tick)) {
            tell(from, null, null, turn);
        }
        if (!from.known().equals(summary.interests())) {
            if (from.takeAnswer(turn.tick)) {
                summarise(from, turn);
            }
        } else if (knowsUs) {
            boolean equal = summary.digest().equals(digest(from));
            compared(from, equal);
            if (equal) {
                neighbourhood.send(from, new GossipMessage.Agreed(summary.digest()), turn);
            } else if (!isTheirTurn(from, summary, turn) && mayExchange(turn)) {
                sendDigests(from, turn);
            }
        }
    }

    void hear(Neighbour from, GossipMessage.Agreed agreed) {
        from.opened(-1);
        if (agreed.digest().equals(digest(from))) {
            compared(from, true);
        }
    }

    void hear(Neighbour from, GossipMessage.Interests interests, Turn turn) {
        var before = from.known();
        if (!from.announce(interests)) {
            turn.refuse(from.id(), Refusal.FULL, "it announces too many scopes");
        } else if (!from.known().equals(before)
                && from.known().equals(interests.whole())
                && mayExchange(turn)) {
            summarise(from, turn);
        }
    }

    void hear(Neighbour from, GossipMessage.Buckets buckets, Turn turn) {
        var scope = buckets.scope();
        if (scope == null) {
            var ours = scopeBuckets(common(from), buckets.bits());
            for (var range : differing(buckets, ours)) {
                digestsOf(from, range, turn);
            }
        } else if (!kept.covers(scope)) {
            turn.refuse(from.id(), Refusal.NOT_KEPT_HERE, "buckets of " + scope);
        } else {
            var shelf = records.shelf(scope);
            var ours =
                    shelf == null ? new long[1 << buckets.bits()] : shelf.buckets(buckets.bits());
            for (var range : differing(buckets, ours)) {
                sendListing(from, scope, range.slotAfter(), range.slotUpTo(), turn);
            }
        }
    }

    void hear(Neighbour from, GossipMessage.Digests digests, Turn turn) {
        var theirs = new java.util.HashMap<Scope, Bytes>();
        digests.scopes().forEach(each -> theirs.put(each.scope(), each.digest()));
        var range = new Buckets.Range(prefix(digests.after()), prefix(digests.upTo()));
        for (var shelf : List.copyOf(common(from))) {
            if (range.contains(shelf.hash())) {
                var digest = theirs.remove(shelf.scope());
                if (digest == null) {
                    shelf.entries(null, null)
                            .forEach(entry -> neighbourhood.offer(from, shelf, entry));
                } else if (!digest.equals(shelf.digest())) {
                    compareScope(from, shelf, turn);
                }
            }
        }
        for (var scope : theirs.keySet()) {
            if (!kept.covers(scope)) {
                turn.refuse(from.id(), Refusal.NOT_KEPT_HERE, "a digest of " + scope);
            } else if (records.shelf(scope) == null) {
                sendListing(from, scope, null, null, turn);
            }
        }
    }

    void hear(Neighbour from, GossipMessage.Listing listing, Turn turn) {
        var scope = listing.scope();
        if (!kept.covers(scope)) {
            turn.refuse(from.id(), Refusal.NOT_KEPT_HERE, "a listing of " + scope);
            return;
        }
        var theirs = new TreeMap<Bytes, List<Held>>();
        for (var held : listing.held()) {
            theirs.computeIfAbsent(held.slot(), _ -> new ArrayList<>()).add(held);
        }
        var lacking = new ArrayList<Bytes>();
        var shelf = records.shelf(scope);
        for (var entry : records.entries(scope, listing.after(), listing.upTo())) {
            var told = theirs.remove(entry.slotHash());
            var difference = Difference.between(entry, told);
            if (difference.theyLack() && shelf != null) {
                neighbourhood.offer(from, shelf, entry);
            }
            if (difference.weLack() && told != null) {
                want(from, entry.slotHash(), Difference.highest(told), lacking);
            }
        }
        theirs.forEach((slot, told) -> want(from, slot, Difference.highest(told), lacking));
        if (!lacking.isEmpty()) {
            Datagrams.pulls(scope, lacking).forEach(pull -> neighbourhood.send(from, pull, turn));
        }
    }

    void hear(Neighbour from, GossipMessage.Pull pull) {
        var shelf = records.shelf(pull.scope());
        if (shelf != null) {
            for (var slot : pull.slots()) {
                var entry = shelf.entry(slot);
                if (entry != null) {
                    neighbourhood.offer(from, shelf, entry);
                }
            }
        }
    }

    private void want(Neighbour from, Bytes slot, Version version, List<Bytes> lacking) {
        if (!refused.contains(from.id(), slot, version)) {
            lacking.add(slot);
        }
    }

    private void compareScope(Neighbour with, Shelf shelf, Turn turn) {
        if (shelf.size() <= LISTED_MAX) {
            sendListing(with, shelf.scope(), null, null, turn);
        } else {
            int bits = Buckets.bits(shelf.size());
            sendBuckets(with, shelf.scope(), bits, shelf.buckets(bits), turn);
        }
    }

    private void sendDigests(Neighbour to, Turn turn) {
        var common = common(to);
        int bits = Buckets.bits(common.size());
        if (bits == 0) {
            digestsOf(to, new Buckets.Range(null, null), turn);
        } else {
            sendBuckets(to, null, bits, scopeBuckets(common, bits), turn);
        }
    }

    private void digestsOf(Neighbour to, Buckets.Range range, Turn turn) {
        var digests = common(to).stream().filter(shelf -> range.contains(shelf.hash())).toList();
        Datagrams.digests(range, digests).forEach(message -> neighbourhood.send(to, message, turn));
    }

    /** From a random place on, so that a small allowance does not always reach the same. */
    private void sendBuckets(
            Neighbour to, @Nullable Scope scope, int bits, long[] digests, Turn turn) {
        var slices = Datagrams.buckets(scope, bits, digests);
        Collections.rotate(slices, turn.random.nextInt(slices.size()));
        slices.forEach(slice -> neighbourhood.send(to, slice, turn));
    }

    private void sendListing(
            Neighbour to, Scope scope, @Nullable Bytes after, @Nullable Bytes upTo, Turn turn) {
        var entries = records.entries(scope, after, upTo);
        var slices = Datagrams.listing(scope, after, upTo, entries);
        Collections.rotate(slices, turn.random.nextInt(slices.size()));
        slices.forEach(slice -> neighbourhood.send(to, slice, turn));
    }

    private static long[] scopeBuckets(List<Shelf> shelves, int bits) {
        return Buckets.digests(bits, shelves, Shelf::hash, AntiEntropy::digested);
    }

    private static List<Buckets.Range> differing(GossipMessage.Buckets theirs, long[] ours) {
        return Buckets.differing(theirs.bits(), ours, theirs.first(), theirs.digests());
    }

    private static byte[] digested(Shelf shelf) {
        return Bytes.ofLongs(
                        shelf.hash(), shelf.digest().longAt(0), shelf.digest().longAt(Long.BYTES))
                .toArray();
    }

    /** Over what is held of all scopes that both keep. */
    private Bytes digest(Neighbour with) {
        return with.digest(
                records.revision(),
                kept.digest(),
                () -> {
                    var sum = Sha256.digest();
                    common(with).forEach(shelf -> sum.update(digested(shelf)));
                    return Sha256.shortened(sum);
                });
    }

    /** What is held of the scopes that both keep, in the order of scope hashes. */
    private List<Shelf> common(Neighbour with) {
        if (kept.all() && with.holdsAll()) {
            return records.shelves();
        }
        var hashes = kept.all() ? with.announced() : kept.hashes();
        var common = new ArrayList<Shelf>();
        for (int i = 0; i < hashes.size(); i++) {
            long hash = hashes.get(i);
            var shelf = with.covers(hash) ? records.shelf(hash) : null;
            if (shelf != null) {
                common.add(shelf);
            }
        }
        return common;
    }

    private void compared(Neighbour with, boolean equal) {
        if (equal) {
            confirmed = true;
            kept.caughtUp(with::covers);
        }
        neighbourhood.compared(with, equal);
    }

    /** When two sum up to each other at once, one goes on and the other waits for it. */
    private boolean isTheirTurn(Neighbour with, GossipMessage.Summary summary, Turn turn) {
        return with.isOpen(turn.tick) && digest(with).compareTo(summary.digest()) > 0;
    }

    /** An edge need not be told the same by all its neighbours at once; others wait for a tick. */
    private boolean mayExchange(Turn turn) {
        if (exchangesIn != turn.tick) {
            exchangesIn = turn.tick;
            exchanges = 0;
        }
        return kept.all() || exchanges++ < EXCHANGES_MAX;
    }

    private static @Nullable Long prefix(@Nullable Bytes bound) {
        return bound == null ? null : bound.longAt(0);
    }
}
