// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * To whom a new record goes at once. The others find it by summaries; each who learns it spreads it
 * again by the same rule, so a few targets a node reach all who keep its scope.
 *
 * <p>Its writer and hubs tell all who keep it while those are few: a backbone peer or a site mate
 * may share this one scope and nothing else with any of the others, and then nobody passes it on.
 */
record FanOut(int targets, int perSite, boolean hub, String site) {
    /** As many keepers of a scope are few: all of a Community of 100, their sites and backbone. */
    static final int FEW = 256;

    /** As the settings have it; twice as wide for what must not wait. */
    static FanOut of(GossipSettings settings, boolean urgent, boolean hub, String site) {
        int times = urgent ? 2 : 1;
        return new FanOut(settings.fanOut() * times, settings.pushPerSite() * times, hub, site);
    }

    /**
     * Chooses among the neighbours that keep the record's scope and did not send it.
     *
     * @param from who sent it; null when it was made here
     */
    Collection<Neighbour> choose(
            Collection<Neighbour> covering, @Nullable Neighbour from, RandomGenerator random) {
        var candidates = new ArrayList<>(covering);
        for (int i = candidates.size() - 1; i > 0; i--) {
            Collections.swap(candidates, i, random.nextInt(i + 1));
        }
        if (candidates.size() <= FEW && (hub || from == null)) {
            return candidates;
        }
        if (hub) {
            return someOfEachSite(candidates);
        }
        boolean hubsKnow = from != null && isHub(from);
        return someOfAll(candidates, hubsKnow);
    }

    private List<Neighbour> someOfEachSite(List<Neighbour> candidates) {
        var chosen = new ArrayList<Neighbour>();
        var counts = new HashMap<String, Integer>();
        for (var each : candidates) {
            if (isHub(each) || counts.merge(each.nearness().site(), 1, Integer::sum) <= perSite) {
                chosen.add(each);
            }
        }
        return chosen;
    }

    /** One of the own site and a hub, then one of each other site, then whoever is left. */
    private Collection<Neighbour> someOfAll(List<Neighbour> candidates, boolean hubsKnow) {
        var chosen = new LinkedHashSet<Neighbour>();
        candidates.stream()
                .filter(each -> !isHub(each) && each.nearness().site().equals(site))
                .findFirst()
                .ifPresent(chosen::add);
        if (!hubsKnow) {
            candidates.stream().filter(FanOut::isHub).findFirst().ifPresent(chosen::add);
        }
        var sites = new HashSet<String>();
        sites.add(site);
        for (var each : candidates) {
            if (chosen.size() < targets && sites.add(each.nearness().site())) {
                chosen.add(each);
            }
        }
        for (var each : candidates) {
            if (chosen.size() < targets) {
                chosen.add(each);
            }
        }
        return chosen;
    }

    private static boolean isHub(Neighbour neighbour) {
        return neighbour.nearness().hub() || neighbour.holdsAll();
    }
}
