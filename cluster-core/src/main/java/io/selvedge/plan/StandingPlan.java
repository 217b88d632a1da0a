// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.fabric.View.Believed;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Subject;
import io.selvedge.plan.PeerPlan.Daemon;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node's plan, carried from view to view: only what rests on a changed record is planned anew.
 * Each plan equals {@link Planner#plan} of its view, and shares with its predecessor what did not
 * change; between views that plan the same it is the same object. Owned by one thread.
 */
public final class StandingPlan {
    private final Subject self;
    private final NodeDefaults defaults;
    private final Known known = new Known();
    private final Peers peers;
    private final Pairs pairs;
    private @Nullable Believed<FabricSettings> settings;
    private @Nullable Believed<NodeGrant> own;
    private @Nullable Ground ground;
    private @Nullable Parts parts;
    private @Nullable Plan plan;

    public StandingPlan(Subject self, NodeDefaults defaults) {
        this.self = self;
        this.defaults = defaults;
        this.peers = new Peers(self, defaults);
        this.pairs = new Pairs(self);
    }

    /** The plan of a view. */
    public Plan next(View view) {
        var settings = view.settings();
        if (settings == null) {
            forget();
            return new Plan(
                    self,
                    null,
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>());
        }
        var own = view.grant(self);
        if (own == null) {
            forget();
            return closed(Ground.of(settings, null, defaults));
        }
        var ground = groundOf(settings, own);
        var changes = known.learn(view);
        peers.update(view, settings, own, changes);
        pairs.update(view, own.says(), ground, changes);
        return take(own, ground);
    }

    private Ground groundOf(Believed<FabricSettings> settings, Believed<NodeGrant> own) {
        var standing = ground;
        if (standing == null || !settings.equals(this.settings) || !own.equals(this.own)) {
            standing = Ground.of(settings, own, defaults);
        }
        this.settings = settings;
        this.own = own;
        ground = standing;
        return standing;
    }

    private Plan take(Believed<NodeGrant> own, Ground ground) {
        var next =
                new Parts(
                        ground,
                        pairs.filter(),
                        peers.resources(Daemon.RELAY),
                        peers.resources(Daemon.DIRECT),
                        peers.plans());
        if (plan == null || parts == null || !next.isSame(parts)) {
            parts = next;
            plan = next.plan(self, own.says().fabricAddress());
        }
        return plan;
    }

    /** What a plan is made of, none of which changes once it is there. */
    private record Parts(
            Ground ground,
            SortedMap<String, Planned<FilterResource>> filter,
            SortedMap<String, Planned<IpsecResource>> relay,
            SortedMap<String, Planned<IpsecResource>> direct,
            SortedMap<Subject, PeerPlan> peers) {
        @SuppressWarnings("ReferenceEquality") // Maps are replaced, so another map is news.
        boolean isSame(Parts other) {
            return ground == other.ground
                    && filter == other.filter
                    && relay == other.relay
                    && direct == other.direct
                    && peers == other.peers;
        }

        Plan plan(Subject self, IpAddress address) {
            return new Plan(self, address, ground.ip(), filter, ground.cni(), relay, direct, peers);
        }
    }

    private Plan closed(Ground ground) {
        return new Plan(
                self,
                null,
                ground.ip(),
                ground.filter(),
                ground.cni(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    private void forget() {
        known.forget();
        peers.forget();
        pairs.forget();
        settings = null;
        own = null;
        ground = null;
        parts = null;
        plan = null;
    }
}
