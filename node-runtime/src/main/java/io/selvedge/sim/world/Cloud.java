// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.actors.intent.MemoryAuthority;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.actors.shell.Feed;
import io.selvedge.actors.shell.MemoryEntities;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.CommunityIntent;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Role;
import io.selvedge.model.Slot;
import io.selvedge.node.authority.Enrolment;
import io.selvedge.sim.net.Underlay;
import io.selvedge.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What people want of the fabric, and the authority that makes records of it. The authority's
 * journal outlives the process of the node that it runs on.
 */
public final class Cloud {
    static final String CLUSTER = "sim";

    private final MemoryAuthority authority;
    private final MemoryEntities entities;
    private final Feed feed;
    private final List<SignedRecord> decided = new ArrayList<>();
    private final TreeMap<Slot, SignedRecord> published = new TreeMap<>();
    private final Notary notary;
    private final Trusted trusted;
    private final TreeMap<String, NodeIntent> nodes = new TreeMap<>();
    private final TreeMap<String, NodeKeys> keys = new TreeMap<>();
    private final List<SortedSet<Integer>> communities = new ArrayList<>();
    private final FabricIntent fabric;
    private int read;

    Cloud(Scenario scenario, Underlay underlay, Notary notary, Trusted trusted) {
        this.notary = notary;
        this.trusted = trusted;
        var random = new SplittableRandom(scenario.seed());
        this.authority = new MemoryAuthority(CLUSTER, trusted.authority(), random);
        this.entities = new MemoryEntities(authority);
        this.feed = new Feed(entities, CLUSTER, random);
        scenario.communities().forEach(each -> communities.add(new TreeSet<>(each)));
        for (int node = 0; node < scenario.members().size(); node++) {
            add(node, scenario, underlay);
        }
        this.fabric =
                new FabricIntent(
                        CLUSTER,
                        cidrs("10.244.0.0/16"),
                        cidrs("10.96.0.0/16"),
                        new TreeMap<>(java.util.Map.of(name(0), List.of(underlay.addressOf(0)))));
    }

    private void add(int node, Scenario scenario, Underlay underlay) {
        var member = scenario.members().get(node);
        var roles = node == 0 ? List.of(Role.CLOUD, Role.CONNECTOR) : List.of(Role.EDGE);
        nodes.put(
                name(node),
                new NodeIntent(
                        name(node),
                        "u" + node,
                        new TreeSet<>(roles),
                        "s" + member.site(),
                        "",
                        "",
                        cidrs("10.244." + node + ".0/24"),
                        member.annotated()
                                ? List.<IpAddress>of(underlay.addressOf(node))
                                : List.of()));
        keys.put(name(node), new NodeKeys(notary.signer(node).key(), SimNode.ikeKey(node)));
    }

    static String name(int node) {
        return "n" + node;
    }

    void join(int community, int node) {
        communities.get(community).add(node);
    }

    void leave(int community, int node) {
        communities.get(community).remove(node);
    }

    void remove(int node) {
        nodes.remove(name(node));
        communities.forEach(each -> each.remove(node));
    }

    /** Whether the node is wanted still. */
    public boolean wants(int node) {
        return nodes.containsKey(name(node));
    }

    /** Whether the pods of two edges are to reach each other. */
    public boolean share(int a, int b) {
        return communities.stream().anyMatch(each -> each.contains(a) && each.contains(b));
    }

    /** What is new since the last time. */
    List<SignedRecord> decide() {
        var wanted = new TreeMap<String, CommunityIntent>();
        for (int i = 0; i < communities.size(); i++) {
            var members = new TreeSet<String>();
            communities.get(i).stream()
                    .filter(this::wants)
                    .forEach(node -> members.add(CLUSTER + "." + name(node)));
            wanted.put("c" + i, new CommunityIntent("c" + i, members));
        }
        try {
            feed.fulfil(new Feed.Wish(new Intent(fabric, nodes, wanted), keys, new TreeSet<>()));
        } catch (Feed.Unanswered told) {
            // What was decided before the journal failed is published all the same.
        } catch (InterruptedException never) {
            throw new IllegalStateException("entities in memory answer at once", never);
        }
        var fresh =
                authority.since(read).stream()
                        .flatMap(event -> authority.published(event).stream())
                        .toList();
        read = authority.decided();
        fresh.forEach(record -> {
            notary.note(record);
            decided.add(record);
            published.put(record.slot(), record);
        });
        return fresh;
    }

    /** Lets the journal fail, so many times. */
    void failNext(int times) {
        entities.failNext(times);
    }

    List<SignedRecord> published() {
        return List.copyOf(published.values());
    }

    /** What the authority ever published, in that order. */
    public List<SignedRecord> decided() {
        return Collections.unmodifiableList(decided);
    }

    List<SignedRecord> enrolment(int node) {
        var records = new ArrayList<>(Enrolment.recordsFor(name(node), published.values()));
        if (!records.contains(trusted.bundle())) {
            records.add(trusted.bundle());
        }
        return records;
    }

    private static SortedSet<Cidr> cidrs(String cidr) {
        return new TreeSet<>(List.of(Cidr.parse(cidr)));
    }
}
