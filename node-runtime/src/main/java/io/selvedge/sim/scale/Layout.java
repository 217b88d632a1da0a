// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.fabric.Gossip.Nearness;
import io.selvedge.fabric.Subscriptions;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A fabric drawn from a seed: where each node stands, in which Community it is, and whom it
 * reaches. Node {@value #CONNECTOR} is the connector; all others are edges. Immutable.
 */
final class Layout {
    static final int CONNECTOR = 0;

    private static final String CLUSTER = "fabric";

    /** The control backbone: links of a site to other sites. */
    private static final int LINKS_PER_SITE = 2;

    /** Whom a node of the naive design knows. */
    private static final int NAIVE_NEIGHBOURS = 16;

    private final ScaleSettings settings;
    private final List<Subject> subjects = new ArrayList<>();
    private final List<Scope> ownScopes = new ArrayList<>();
    private final List<Nearness> nearness = new ArrayList<>();
    private final List<List<Integer>> communities = new ArrayList<>();
    private final int[] communityOf;
    private final List<List<Integer>> sites = new ArrayList<>();
    private final List<TreeSet<Integer>> backbone = new ArrayList<>();
    private final List<TreeSet<Integer>> naive = new ArrayList<>();

    Layout(ScaleSettings settings) {
        this.settings = settings;
        var random = new Random(settings.seed());
        communityOf = new int[settings.nodes()];
        IntStream.range(0, settings.sites()).forEach(_ -> sites.add(new ArrayList<>()));
        for (int node = 0; node < settings.nodes(); node++) {
            subjects.add(new Subject(CLUSTER, uid(random)));
            ownScopes.add(new Scope.OfNode(subjects.getLast()));
            nearness.add(new Nearness(siteName(node), node == CONNECTOR));
            backbone.add(new TreeSet<>());
            naive.add(new TreeSet<>());
            if (node != CONNECTOR) {
                sites.get(site(node)).add(node);
            }
        }
        drawCommunities(random);
        drawBackbone(random);
        drawNaive(random);
    }

    ScaleSettings settings() {
        return settings;
    }

    int nodes() {
        return settings.nodes();
    }

    int communities() {
        return communities.size();
    }

    Subject subject(int node) {
        return subjects.get(node);
    }

    Scope ownScope(int node) {
        return ownScopes.get(node);
    }

    /** The site of an edge, by number; the connector stands on none of them. */
    int site(int node) {
        return node == CONNECTOR ? -1 : (node - 1) % settings.sites();
    }

    String siteName(int node) {
        return node == CONNECTOR ? "cloud" : "site-" + site(node);
    }

    int communityOf(int edge) {
        return communityOf[edge];
    }

    static String communityName(int community) {
        return "community-" + community;
    }

    List<Integer> members(int community) {
        return communities.get(community);
    }

    /** The other edges of a node's site. */
    List<Integer> mates(int node) {
        return node == CONNECTOR
                ? List.of()
                : sites.get(site(node)).stream().filter(mate -> mate != node).toList();
    }

    /** The edges of other sites that a node holds a tunnel with for gossip alone. */
    Iterable<Integer> backbone(int node) {
        return backbone.get(node);
    }

    /** Whom a node holds a tunnel with; random others, in the naive design. */
    SortedSet<Integer> neighbours(int node) {
        if (settings.naive()) {
            return new TreeSet<>(naive.get(node));
        }
        var all = new TreeSet<Integer>();
        if (node == CONNECTOR) {
            IntStream.range(1, nodes()).forEach(all::add);
        } else {
            all.add(CONNECTOR);
            all.addAll(members(communityOf[node]));
            all.addAll(backbone.get(node));
            all.remove(node);
        }
        return all;
    }

    /** Neighbours, and who is heard on the LAN. */
    private SortedSet<Integer> known(int node) {
        var all = neighbours(node);
        all.addAll(mates(node));
        return all;
    }

    Nearness nearness(int node) {
        return nearness.get(node);
    }

    boolean keepsAll(int node) {
        return settings.naive() || node == CONNECTOR;
    }

    /** What a node keeps, as its own grant and Community would have it. */
    Subscriptions subscriptions(int node) {
        if (keepsAll(node)) {
            return Subscriptions.ALL;
        }
        var scopes = new ArrayList<Scope>();
        scopes.add(new Scope.Fabric());
        scopes.add(new Scope.Site(siteName(node)));
        scopes.add(new Scope.OfCommunity(communityName(communityOf[node])));
        scopes.add(ownScope(node));
        known(node).forEach(peer -> scopes.add(ownScope(peer)));
        return Subscriptions.of(scopes);
    }

    /** Those that keep what an edge says of itself. */
    List<Integer> keepersOf(int edge) {
        if (settings.naive()) {
            return IntStream.range(0, nodes()).boxed().toList();
        }
        var keepers = known(edge);
        keepers.add(edge);
        return List.copyOf(keepers);
    }

    private void drawCommunities(Random random) {
        var edges = new ArrayList<>(IntStream.range(1, nodes()).boxed().toList());
        Collections.shuffle(edges, random);
        for (int from = 0; from < edges.size(); from += settings.community()) {
            int upTo = Math.min(from + settings.community(), edges.size());
            var members = List.copyOf(edges.subList(from, upTo));
            members.forEach(member -> communityOf[member] = communities.size());
            communities.add(members);
        }
    }

    private void drawBackbone(Random random) {
        for (int site = 0; site < sites.size() && sites.size() > 1; site++) {
            for (int link = 0; link < LINKS_PER_SITE; link++) {
                int other = (site + 1 + random.nextInt(sites.size() - 1)) % sites.size();
                int a = any(sites.get(site), random);
                int b = any(sites.get(other), random);
                backbone.get(a).add(b);
                backbone.get(b).add(a);
            }
        }
    }

    private void drawNaive(Random random) {
        for (int node = 0; node < nodes(); node++) {
            for (int link = 0; link < NAIVE_NEIGHBOURS / 2; link++) {
                int other = (node + 1 + random.nextInt(nodes() - 1)) % nodes();
                naive.get(node).add(other);
                naive.get(other).add(node);
            }
        }
    }

    private static int any(List<Integer> nodes, Random random) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private static String uid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
