// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which edges keep a tunnel for control alone: each site has two links to other sites, where one
 * end has a public address. Partners are drawn by rendezvous hashing, so that a site that comes or
 * goes moves few links, and nobody needs to agree. A site that others draw has more than two.
 */
public final class Backbone {
    private static final int LINKS = 2;

    private Backbone() {}

    /** An edge that may hold an end. */
    private record End(String name, long hash, boolean isPublic) {}

    /** A site and its ends: those with public addresses, if it has any. */
    private record Ends(String site, long hash, boolean isPublic, List<End> ends) {}

    /** The backbone peers of each node that has any, by name; always both ways. */
    public static Map<String, SortedSet<String>> of(Collection<NodeIntent> nodes) {
        var sites = sites(nodes);
        var open = sites.stream().filter(Ends::isPublic).toList();
        var peers = new TreeMap<String, SortedSet<String>>();
        for (var site : sites) {
            var reachable = site.isPublic() ? sites : open;
            reachable.stream()
                    .filter(other -> !other.site().equals(site.site()))
                    .sorted(Comparator.comparingLong(other -> score(site.hash(), other.hash())))
                    .limit(LINKS)
                    .forEach(other -> link(site, other, peers));
        }
        return peers;
    }

    /** The site of a node; one without is a site of its own. */
    public static String site(NodeIntent node) {
        return node.site().isEmpty() ? node.name() : node.site();
    }

    private static List<Ends> sites(Collection<NodeIntent> nodes) {
        var ends = new TreeMap<String, List<End>>();
        for (var node : nodes) {
            if (node.roles().contains(Role.EDGE) && !node.roles().contains(Role.CONNECTOR)) {
                var end =
                        new End(node.name(), hash(node.name()), !node.publicAddresses().isEmpty());
                ends.computeIfAbsent(site(node), _ -> new ArrayList<>()).add(end);
            }
        }
        var sites = new ArrayList<Ends>();
        ends.forEach((site, all) -> {
            var open = all.stream().filter(End::isPublic).toList();
            sites.add(new Ends(site, hash(site), !open.isEmpty(), open.isEmpty() ? all : open));
        });
        return sites;
    }

    private static void link(Ends a, Ends b, Map<String, SortedSet<String>> peers) {
        String from = end(a, b);
        String to = end(b, a);
        peers.computeIfAbsent(from, _ -> new TreeSet<>()).add(to);
        peers.computeIfAbsent(to, _ -> new TreeSet<>()).add(from);
    }

    /** The end of the link in a site: drawn by the other site, so that links spread over it. */
    private static String end(Ends site, Ends other) {
        return site.ends().stream()
                .min(
                        Comparator.<End>comparingLong(end -> score(end.hash(), other.hash()))
                                .thenComparing(End::name))
                .map(End::name)
                .orElseThrow();
    }

    /** The same both ways. */
    private static long score(long a, long b) {
        return mixed(mixed(Math.min(a, b)) + Math.max(a, b));
    }

    /** FNV-1a, then mixed: names that differ in their last letter alone must not stay close. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    /** The finalizer of MurmurHash3. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
