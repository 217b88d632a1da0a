// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.net;

import io.selvedge.model.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The network below the fabric: sites with their LANs, NATs before some of them, and links between
 * nodes that lose, delay, duplicate, reorder, limit and are cut. What a datagram carries is not its
 * affair.
 */
public final class Underlay {
    private final Timeline timeline;
    private final long seed;
    private final int nodes;
    private final Link[] links;
    private final Place[] places;
    private final Map<IpAddress, Integer> byAddress = new HashMap<>();
    private final TreeMap<Integer, NatBox> nats = new TreeMap<>();
    private final Map<IpAddress, Integer> natSites = new HashMap<>();
    private LinkFaults faults = LinkFaults.NONE;
    private Receiver receiver = (_, _, _, _, _) -> {};

    /** Told what arrives. */
    @FunctionalInterface
    public interface Receiver {
        void arrive(int node, int port, Spot from, Object what, boolean corrupt);
    }

    /** Where a node is. */
    private static final class Place {
        private final int site;
        private IpAddress address;
        private int moves;

        Place(int site, IpAddress address) {
            this.site = site;
            this.address = address;
        }
    }

    /** Where a datagram comes out, and from where it seems to come. */
    public record Way(int node, int port, Spot seenFrom) {}

    public Underlay(Timeline timeline, long seed, int nodes) {
        this.timeline = timeline;
        this.seed = seed;
        this.nodes = nodes;
        this.links = new Link[nodes * nodes];
        this.places = new Place[nodes];
    }

    public void receiver(Receiver wanted) {
        receiver = wanted;
    }

    /** How bad all links are from now on. */
    public void faults(LinkFaults wanted) {
        faults = wanted;
    }

    public void nat(int site, long timeoutMillis, boolean strict) {
        var outside = IpAddress.parse("198.51.100." + (site + 1));
        nats.put(site, new NatBox(outside, timeoutMillis, strict));
        natSites.put(outside, site);
    }

    /** Puts a node on the LAN of a site. */
    public void place(int node, int site) {
        places[node] = new Place(site, address(node, site, 0));
        byAddress.put(places[node].address, node);
    }

    /** The node gets another address on its LAN. */
    public void move(int node) {
        var place = places[node];
        byAddress.remove(place.address);
        place.address = address(node, place.site, ++place.moves);
        byAddress.put(place.address, node);
    }

    private IpAddress address(int node, int site, int moves) {
        var prefix = nats.containsKey(site) ? "192.168." : "203.0.";
        return IpAddress.parse(prefix + site + "." + (10 + node + 20 * (moves % 10)));
    }

    public IpAddress addressOf(int node) {
        return places[node].address;
    }

    public int siteOf(int node) {
        return places[node].site;
    }

    public boolean isBehindNat(int node) {
        return nats.containsKey(places[node].site);
    }

    /** Cuts are counted: after as many mends, it carries again. */
    public void cut(int from, int to) {
        link(from, to).cuts++;
    }

    public void mend(int from, int to) {
        var link = link(from, to);
        link.cuts = Math.max(0, link.cuts - 1);
    }

    public void mendAll() {
        for (var link : links) {
            if (link != null) {
                link.cuts = 0;
            }
        }
    }

    public boolean isCut(int from, int to) {
        return link(from, to).cuts > 0;
    }

    public void natForgets(int site) {
        var nat = nats.get(site);
        if (nat != null) {
            nat.forget();
        }
    }

    /** Sends from a node's address as it is now. */
    public void send(int node, int port, Spot to, int bytes, Object what) {
        var way = way(node, port, to, true);
        if (way == null) {
            return;
        }
        var link = link(node, way.node());
        if (link.cuts > 0 || link.loses(faults)) {
            return;
        }
        deliver(link, way, bytes, what);
        if (link.duplicates(faults)) {
            deliver(link, way, bytes, what);
        }
    }

    private void deliver(Link link, Way way, int bytes, Object what) {
        long transit = link.transit(faults, bytes, timeline.now());
        if (transit < 0) {
            return;
        }
        boolean corrupt = link.corrupts(faults);
        timeline.after(
                transit,
                () -> receiver.arrive(way.node(), way.port(), way.seenFrom(), what, corrupt));
    }

    /** Tells the LAN of a node; each that hears it may lose it. */
    public void multicast(int node, int port, int bytes, Object what) {
        for (int other = 0; other < nodes; other++) {
            if (other != node && places[other].site == places[node].site) {
                send(node, port, new Spot(places[other].address, port), bytes, what);
            }
        }
    }

    /** The way of a datagram if no fault befalls it; null when there is none. */
    public @Nullable Way wayNow(int node, int port, Spot to) {
        var way = way(node, port, to, false);
        return way == null || isCut(node, way.node()) ? null : way;
    }

    private @Nullable Way way(int node, int port, Spot to, boolean remember) {
        var own = new Spot(places[node].address, port);
        var target = byAddress.get(to.address());
        if (target != null && places[target].site == places[node].site) {
            return new Way(target, to.port(), own);
        }
        var nat = nats.get(places[node].site);
        var seen = nat == null ? own : outside(nat, own, to, remember);
        if (target != null) {
            return isBehindNat(target) ? null : new Way(target, to.port(), seen);
        }
        var site = natSites.get(to.address());
        var theirs = site == null ? null : nats.get(site);
        var inside = theirs == null ? null : theirs.admit(to.port(), seen, timeline.now());
        var behind = inside == null ? null : byAddress.get(inside.address());
        return inside == null || behind == null ? null : new Way(behind, inside.port(), seen);
    }

    private Spot outside(NatBox nat, Spot own, Spot to, boolean remember) {
        return remember ? nat.translate(own, to, timeline.now()) : nat.seen(own, timeline.now());
    }

    private Link link(int from, int to) {
        int index = from * nodes + to;
        var known = links[index];
        if (known == null) {
            known = new Link(seed, from, to);
            links[index] = known;
        }
        return known;
    }
}
