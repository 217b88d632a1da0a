// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.intent.MemoryAuthority.Journaled;
import io.selvedge.actors.record.Writers;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Slot;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The journal of an authority that lost its own, made of the records that nodes hold: who has which
 * name, uid, address, pod CIDRs and keys, which keys are revoked, what is published, and an epoch
 * above all of it. It signs nothing. What nobody published is not in it: the reports of nodes, and
 * the pools and other wishes of an intent, which has to be read again.
 *
 * @param history in an order in which it could have happened
 * @param nodes that are granted, by subject
 * @param named the Communities and services
 * @param narrow an edge that may keep all of these records for itself alone, so that there may be
 *     others; null when no edge would keep all of them
 */
public record Rebuilt(
        List<Journaled> history,
        SortedSet<String> nodes,
        SortedSet<EntityId> named,
        long epoch,
        @Nullable String narrow) {
    public Rebuilt {
        history = List.copyOf(history);
    }

    /**
     * Rebuilds what an authority knew.
     *
     * @param root the key under which grants are believed
     * @param authority the key whose records are taken, also when it is lost
     * @param held verified records of any writers, several of one slot among them
     * @throws IllegalArgumentException when the settings of the fabric are not among them
     */
    public static Rebuilt of(
            String cluster, RecordKey root, RecordKey authority, Collection<SignedRecord> held) {
        var newest = newest(held);
        var view = View.of(statements(newest), root);
        var host = new MemoryAuthority(cluster, new Mute(authority), new SplittableRandom(0));
        var own =
                newest.stream()
                        .filter(record -> record.header().writer().equals(authority))
                        .toList();
        IntentRouter.found(new Writers(cluster), own).forEach(host::tell);
        host.settle();
        var directory =
                host.directory()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "no settings of the fabric %s by the authority %s are among the records"
                                                .formatted(cluster, authority)));
        return new Rebuilt(
                host.history(),
                new TreeSet<>(directory.members().keySet()),
                directory.named(),
                directory.mandate().epoch(),
                narrow(view, own));
    }

    private static List<SignedRecord> newest(Collection<SignedRecord> held) {
        var newest = new TreeMap<Slot, SignedRecord>();
        held.forEach(record -> newest.merge(record.slot(), record, Rebuilt::newer));
        return List.copyOf(newest.values());
    }

    private static SignedRecord newer(SignedRecord one, SignedRecord other) {
        return one.version().compareTo(other.version()) >= 0 ? one : other;
    }

    private static List<Statement> statements(Collection<SignedRecord> records) {
        return records.stream().flatMap(record -> record.statement().stream()).toList();
    }

    private static @Nullable String narrow(View view, List<SignedRecord> own) {
        var scopes = own.stream().map(SignedRecord::scope).collect(Collectors.toSet());
        for (var grant : view.grants().entrySet()) {
            var kept = view.subscriptions(grant.getKey());
            if (grant.getValue().says().isEdge() && scopes.stream().allMatch(kept::covers)) {
                return grant.getValue().says().name();
            }
        }
        return null;
    }

    /** Finding records makes no entity sign any: before an intent, none knows what is wanted. */
    private record Mute(RecordKey key) implements Signer {
        @Override
        public Bytes sign(Bytes bytes) {
            throw new IllegalStateException("nothing is wanted yet, so there is nothing to sign");
        }
    }
}
