// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scenario;

import io.selvedge.sim.net.LinkFaults;
import io.selvedge.sim.scenario.Act.Misuse;
import io.selvedge.sim.scenario.Act.Part;
import io.selvedge.sim.scenario.Act.Wrong;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Draws a scenario from a seed. Each class of faults is in the world or not, so that worlds of few
 * kinds of faults, in which other things go wrong, come up as often as worlds of all.
 */
public final class Draw {
    private static final long HOUR = 3_600_000;

    private final SplittableRandom random;
    private final long seed;
    private final List<Place> sites = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<SortedSet<Integer>> communities = new ArrayList<>();
    private final List<Act> acts = new ArrayList<>();
    private long until;

    private Draw(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    public static Scenario scenario(long seed) {
        return new Draw(seed).draw();
    }

    /** One in which nothing goes wrong, and Communities change. */
    public static Scenario calm(long seed) {
        return new Draw(seed).drawCalm();
    }

    private Scenario drawCalm() {
        until = 60_000;
        places();
        groups();
        many(12, at -> acts.add(new Act.Joins(at, random.nextInt(communities.size()), edge())));
        many(4, at -> acts.add(new Act.Leaves(at, random.nextInt(communities.size()), edge())));
        var links = new LinkFaults(0, 1 + random.nextInt(60), 1 + random.nextInt(40), 0, 0, 0, 0);
        return new Scenario(seed, sites, members, communities, links, acts, until, 0);
    }

    private Scenario draw() {
        until = 20_000 + random.nextLong(50_000);
        places();
        groups();
        cuts();
        crashes();
        clocks();
        ways();
        intent();
        drivers();
        disks();
        if (half()) {
            many(2, at -> acts.add(new Act.Misuses(at, edge(), pick(Misuse.values()))));
        }
        if (random.nextInt(200) == 0) {
            cutForAnHour();
        }
        double healLoss = random.nextInt(3) == 0 ? 0.2 : random.nextInt(2) == 0 ? 0.02 : 0;
        var links = links();
        losses();
        return new Scenario(seed, sites, members, communities, links, acts, until, healLoss);
    }

    private void places() {
        int size = 2 + random.nextInt(9);
        int count = 1 + random.nextInt(Math.max(1, size - 1));
        sites.add(new Place(0, false));
        for (int site = 0; site < count; site++) {
            boolean nat = random.nextInt(3) != 0;
            sites.add(new Place(nat ? 20_000 + random.nextInt(160_000) : 0, half()));
        }
        members.add(new Member(0, true, 0));
        for (int node = 1; node < size; node++) {
            int site = 1 + random.nextInt(count);
            long start = random.nextInt(8) == 0 ? random.nextLong(until) : random.nextLong(3_000);
            boolean annotated = !sites.get(site).hasNat() && random.nextInt(3) == 0;
            members.add(new Member(site, annotated, start));
        }
    }

    private void groups() {
        int count = 1 + random.nextInt(3);
        for (int community = 0; community < count; community++) {
            var nodes = new TreeSet<Integer>();
            for (int node = 1; node < members.size(); node++) {
                if (random.nextInt(3) != 0) {
                    nodes.add(node);
                }
            }
            communities.add(nodes);
        }
    }

    private LinkFaults links() {
        boolean bad = random.nextInt(4) != 0;
        return new LinkFaults(
                bad && half() ? random.nextDouble() * 0.3 : 0,
                1 + random.nextInt(60),
                1 + random.nextInt(40),
                bad && half() ? random.nextDouble() * 0.1 : 0,
                bad && half() ? random.nextDouble() * 0.05 : 0,
                bad && half() ? random.nextDouble() * 0.05 : 0,
                bad && random.nextInt(4) == 0 ? 20_000 + random.nextInt(200_000) : 0);
    }

    private void cuts() {
        if (half()) {
            many(
                    6,
                    at -> {
                        int from = node();
                        int to = other(from);
                        boolean both = half();
                        acts.add(new Act.Cut(at, from, to, both));
                        acts.add(new Act.Mend(at + random.nextLong(30_000), from, to, both));
                    });
        }
        if (random.nextInt(4) == 0) {
            int from = edge();
            for (long at = random.nextLong(until); at < until; at += 1_500) {
                acts.add(new Act.Cut(at, from, 0, true));
                acts.add(new Act.Mend(at + 700, from, 0, true));
            }
        }
        if (random.nextInt(3) == 0) {
            many(
                    2,
                    at -> {
                        int node = random.nextInt(3) == 0 ? 0 : node();
                        acts.add(new Act.Isolate(at, node));
                        acts.add(new Act.Rejoin(at + random.nextLong(40_000), node));
                    });
        }
    }

    private void cutForAnHour() {
        long at = until;
        int node = half() ? 0 : node();
        until += HOUR;
        acts.add(new Act.Isolate(at, node));
        if (half()) {
            acts.add(new Act.Moves(at + HOUR / 2, edge()));
        }
        if (half()) {
            acts.add(new Act.Removed(at + HOUR / 2, edge()));
        }
    }

    private void crashes() {
        if (half()) {
            many(
                    4,
                    at -> {
                        int node = node();
                        acts.add(
                                new Act.Crash(
                                        at, node, 1 + random.nextInt(40), random.nextInt(3) == 0));
                        acts.add(new Act.Start(at + 1_000 + random.nextLong(15_000), node));
                    });
        }
    }

    private void clocks() {
        if (half()) {
            many(
                    3,
                    at -> {
                        long far = random.nextInt(3) == 0 ? 400L * 24 * HOUR : 60_000;
                        acts.add(new Act.ClockJumps(at, node(), random.nextLong(2 * far) - far));
                    });
            many(2, at -> acts.add(new Act.ClockDrifts(at, node(), random.nextInt(101) - 50)));
        }
    }

    private void ways() {
        if (half()) {
            many(3, at -> acts.add(new Act.NatForgets(at, random.nextInt(sites.size()))));
        }
        if (half()) {
            many(3, at -> acts.add(new Act.Moves(at, edge())));
        }
        if (random.nextInt(3) == 0) {
            many(2, at -> acts.add(new Act.DaemonRestarts(at, node(), half())));
        }
    }

    private void intent() {
        if (half()) {
            many(
                    4,
                    at -> {
                        int community = random.nextInt(communities.size());
                        acts.add(
                                half()
                                        ? new Act.Joins(at, community, edge())
                                        : new Act.Leaves(at, community, edge()));
                    });
        }
        if (random.nextInt(3) == 0) {
            many(1, at -> acts.add(new Act.Removed(at, edge())));
        }
    }

    private void drivers() {
        if (half()) {
            many(
                    5,
                    at -> {
                        var part = pick(Part.values());
                        var wrong = pick(Wrong.values());
                        acts.add(
                                new Act.DriverFaults(
                                        at, node(), part, wrong, 1 + random.nextInt(3)));
                    });
        }
        if (random.nextInt(3) == 0) {
            many(2, at -> acts.add(new Act.DriverHangs(at, node(), random.nextLong(12_000))));
        }
    }

    private void disks() {
        if (random.nextInt(3) == 0) {
            many(
                    2,
                    at -> {
                        int node = node();
                        acts.add(new Act.DiskFills(at, node, random.nextLong(4_000)));
                        acts.add(new Act.DiskFrees(at + random.nextLong(20_000), node));
                    });
        }
    }

    /** What lies on disks goes, and what is to go there does not. */
    private void losses() {
        if (random.nextInt(6) == 0) {
            many(
                    2,
                    at -> {
                        int node = node();
                        acts.add(new Act.LosesDisk(at, node));
                        acts.add(new Act.Start(at + 500 + random.nextLong(10_000), node));
                    });
        }
        if (random.nextInt(4) == 0) {
            many(
                    2,
                    at -> {
                        int node = node();
                        acts.add(new Act.Crash(at, node, 1, half()));
                        acts.add(new Act.DiskRots(at + 3_000, node, 1 + random.nextInt(4)));
                        acts.add(new Act.Start(at + 3_500 + random.nextLong(10_000), node));
                    });
        }
        if (random.nextInt(4) == 0) {
            many(3, at -> acts.add(new Act.JournalFails(at, 1 + random.nextInt(2))));
        }
    }

    private void many(int most, LongConsumer draw) {
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            draw.accept(random.nextLong(until));
        }
    }

    private boolean half() {
        return random.nextBoolean();
    }

    private int node() {
        return random.nextInt(members.size());
    }

    private int edge() {
        return 1 + random.nextInt(members.size() - 1);
    }

    private int other(int node) {
        return (node + 1 + random.nextInt(members.size() - 1)) % members.size();
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }
}
