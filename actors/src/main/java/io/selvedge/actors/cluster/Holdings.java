// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.model.Cidr;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What is one node's and no other's, by the uid of who has it. Immutable.
 *
 * @param fabricCidr all fabric addresses are of it
 * @param addresses of each uid
 * @param given every address that was ever given
 * @param pods pod CIDRs, none of which overlap
 * @param podsByUid the same, by who has them
 * @param claims of pod CIDRs: the latest that was heard, by uid
 * @param recordKeys of nodes, ever; of {@link #NOBODY} those that were spent
 */
record Holdings(
        Cidr fabricCidr,
        PSortedMap<String, IpAddress> addresses,
        PSortedMap<IpAddress, String> given,
        PSortedMap<Cidr, Pods> pods,
        PSortedMap<String, SortedSet<Cidr>> podsByUid,
        PSortedMap<String, Mandate> claims,
        PSortedMap<RecordKey, String> recordKeys,
        PSortedMap<IkeKey, String> ikeKeys) {
    /** No node has this uid. */
    static final String NOBODY = "";

    /**
     * Whose a pod CIDR is.
     *
     * @param forEver whether it came from a pool: then it is never another's
     */
    record Pods(String uid, boolean forEver) {}

    Holdings(Cidr fabricCidr) {
        this(
                fabricCidr,
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty());
    }

    Holdings withAddress(String uid, IpAddress address) {
        if (addresses.containsKey(uid) || given.containsKey(address)) {
            throw new IllegalArgumentException(address + " is given twice");
        }
        return new Holdings(
                fabricCidr,
                addresses.plus(uid, address),
                given.plus(address, uid),
                pods,
                podsByUid,
                claims,
                recordKeys,
                ikeKeys);
    }

    Holdings withPods(String uid, Collection<Cidr> cidrs, boolean forEver) {
        var more = pods;
        var own = new TreeSet<>(podsByUid.getOrDefault(uid, new TreeSet<>()));
        for (var cidr : widest(cidrs)) {
            if (overlapping(more, cidr) != null) {
                throw new IllegalArgumentException(cidr + " is given twice");
            }
            more = more.plus(cidr, new Pods(uid, forEver));
            own.add(cidr);
        }
        return with(more, podsByUid.plus(uid, own));
    }

    private Holdings with(
            PSortedMap<Cidr, Pods> nowPods, PSortedMap<String, SortedSet<Cidr>> nowByUid) {
        return new Holdings(
                fabricCidr, addresses, given, nowPods, nowByUid, claims, recordKeys, ikeKeys);
    }

    /** Frees what a node had by its manifest. */
    Holdings withoutClaims(String uid) {
        var fewer = pods;
        for (var cidr : podsOf(uid, false)) {
            fewer = fewer.minus(cidr);
        }
        var own = podsOf(uid, true);
        return with(fewer, podsByUid.plus(uid, own));
    }

    /** Has a node have these by its manifest, and no others. */
    Holdings claimed(String uid, Mandate mandate, Collection<Cidr> cidrs) {
        var next = withoutClaims(uid).withPods(uid, cidrs, false);
        return new Holdings(
                fabricCidr,
                addresses,
                given,
                next.pods(),
                next.podsByUid(),
                claims.plus(uid, mandate),
                recordKeys,
                ikeKeys);
    }

    Holdings withKeys(String uid, NodeKeys keys) {
        return new Holdings(
                fabricCidr,
                addresses,
                given,
                pods,
                podsByUid,
                claims,
                recordKeys.plus(keys.recordKey(), uid),
                ikeKeys.plus(keys.ikeKey(), uid));
    }

    Holdings withSpent(RecordKey key) {
        return new Holdings(
                fabricCidr,
                addresses,
                given,
                pods,
                podsByUid,
                claims,
                recordKeys.plus(key, NOBODY),
                ikeKeys);
    }

    /** The address after all that were given; null when there is none left. */
    @Nullable IpAddress nextAddress(long first) {
        long next = given.isEmpty() ? first : Math.max(first, fabricCidr.index(last()) + 1);
        // The last address of a prefix is for broadcasts.
        return next < fabricCidr.blocks(fabricCidr.base().bits()) - 1
                ? fabricCidr.address(next)
                : null;
    }

    private IpAddress last() {
        return given.lastKey();
    }

    /** The prefix of a pool after all that were given of it and clear of others; null if none. */
    @Nullable Cidr nextPods(Cidr pool, int maskSize) {
        long next = 0;
        for (var last = pods.floorKey(end(pool)); last != null; last = pods.lowerKey(last)) {
            var holder = pods.get(last);
            if (!pool.contains(last)) {
                break;
            }
            if (holder != null && holder.forEver()) {
                next = pool.blockIndex(maskSize, end(last).base()) + 1;
                break;
            }
        }
        for (; next < pool.blocks(maskSize); next++) {
            var candidate = pool.block(maskSize, next);
            if (overlapping(pods, candidate) == null) {
                return candidate;
            }
        }
        return null;
    }

    /** What a node has of its manifest, or of pools. */
    SortedSet<Cidr> podsOf(String uid, boolean forEver) {
        var own = new TreeSet<>(podsByUid.getOrDefault(uid, new TreeSet<>()));
        own.removeIf(cidr -> !new Pods(uid, forEver).equals(pods.get(cidr)));
        return own;
    }

    /** Who has a part of a pod CIDR, by what they have of it. */
    SortedMap<Cidr, Pods> sharers(Cidr cidr) {
        var sharers = new TreeMap<Cidr, Pods>();
        var around = pods.floorEntry(cidr);
        if (around != null && around.getKey().overlaps(cidr)) {
            sharers.put(around.getKey(), around.getValue());
        }
        for (var within : pods.tailMap(cidr, false).entrySet()) {
            if (!cidr.contains(within.getKey())) {
                break;
            }
            sharers.put(within.getKey(), within.getValue());
        }
        return sharers;
    }

    static List<Cidr> widest(Collection<Cidr> cidrs) {
        var widest = new ArrayList<Cidr>();
        for (var cidr : new TreeSet<>(cidrs)) {
            if (widest.isEmpty() || !widest.getLast().contains(cidr)) {
                widest.add(cidr);
            }
        }
        return widest;
    }

    private static @Nullable Cidr overlapping(PSortedMap<Cidr, Pods> pods, Cidr cidr) {
        var before = pods.floorKey(cidr);
        if (before != null && before.overlaps(cidr)) {
            return before;
        }
        var after = pods.ceilingKey(cidr);
        return after != null && after.overlaps(cidr) ? after : null;
    }

    private static Cidr end(Cidr cidr) {
        int bits = cidr.base().bits();
        byte[] last = cidr.base().bytes().toArray();
        for (int bit = cidr.length(); bit < bits; bit++) {
            last[bit / 8] |= (byte) (0x80 >> (bit % 8));
        }
        return new Cidr(IpAddress.of(last), bits);
    }
}
