// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scenario;

import io.selvedge.sim.net.LinkFaults;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that happens in a world: drawn from a seed beforehand, so that less of it can be tried too.
 *
 * @param seed of what is drawn on the way: losses, delays, torn writes
 * @param sites by number; number 0 is the cloud's
 * @param members by number
 * @param communities the nodes in each at first
 * @param acts in the order of their time
 * @param faultMillis when faults stop, what was cut is mended and what was off is switched on
 * @param healLoss how many datagrams are lost even then, until records have to be equal
 */
public record Scenario(
        long seed,
        List<Place> sites,
        List<Member> members,
        List<SortedSet<Integer>> communities,
        LinkFaults links,
        List<Act> acts,
        long faultMillis,
        double healLoss) {
    public Scenario {
        sites = List.copyOf(sites);
        members = List.copyOf(members);
        communities = communities.stream().<SortedSet<Integer>>map(TreeSet::new).toList();
        acts = acts.stream().sorted(Comparator.comparingLong(Act::at)).toList();
    }

    /** Whether nothing goes wrong in it: people change their minds, and that is all. */
    public boolean isCalm() {
        return links.onlyLosing(0).equals(links)
                && healLoss == 0
                && acts.stream()
                        .allMatch(act -> act instanceof Act.Joins || act instanceof Act.Leaves);
    }

    public Scenario withActs(List<Act> wanted) {
        return new Scenario(
                seed, sites, members, communities, links, wanted, faultMillis, healLoss);
    }

    public Scenario withLinks(LinkFaults wanted, double loss) {
        return new Scenario(seed, sites, members, communities, wanted, acts, faultMillis, loss);
    }

    public Scenario until(long millis) {
        var kept = acts.stream().filter(act -> act.at() < millis).toList();
        return new Scenario(seed, sites, members, communities, links, kept, millis, healLoss);
    }

    /** Without the last node; null when nothing but a pair is left. */
    public @Nullable Scenario withoutLastMember() {
        int last = members.size() - 1;
        if (last < 2) {
            return null;
        }
        var without = communities.stream().<SortedSet<Integer>>map(TreeSet::new).toList();
        without.forEach(members -> members.remove(last));
        return new Scenario(
                seed,
                sites,
                members.subList(0, last),
                without,
                links,
                acts.stream().filter(act -> !Acts.concerns(act, last)).toList(),
                faultMillis,
                healLoss);
    }
}
