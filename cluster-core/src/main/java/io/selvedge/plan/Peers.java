// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Subject;
import io.selvedge.plan.IpsecResource.OwnKey;
import io.selvedge.plan.Known.Changes;
import io.selvedge.plan.PeerPlan.Daemon;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The peers of one node as they stand, and the connections to them. A peer is planned anew when
 * what its plan rests on is new; the maps are replaced, never changed, so that plans may hold them.
 */
final class Peers {
    private final Subject self;
    private final NodeDefaults defaults;
    private final Map<Subject, Standing> standing = new HashMap<>();
    private SortedMap<Subject, PeerPlan> plans = new TreeMap<>();
    private final Map<Daemon, SortedMap<String, Planned<IpsecResource>>> resources =
            new EnumMap<>(Daemon.class);
    private @Nullable Believed<NodeGrant> own;
    private @Nullable Believed<FabricSettings> settings;

    Peers(Subject self, NodeDefaults defaults) {
        this.self = self;
        this.defaults = defaults;
    }

    /** All that the plan of one peer rests on. */
    private record Basis(Bond bond, End here, End there, Believed<FabricSettings> settings) {}

    /** A connection that is planned, by its key. */
    private record Link(String key, Planned<IpsecResource> connection) {
        static @Nullable Link of(PeerPlan plan) {
            var connection = plan.connection();
            return connection == null
                    ? null
                    : new Link(connection.key(), new Planned<>(connection, plan.reason()));
        }
    }

    /** A planned peer, and what that rests on. */
    private record Standing(Basis basis, PeerPlan plan, @Nullable Link link) {
        static Standing of(Basis basis, PeerPlan plan) {
            return new Standing(basis, plan, Link.of(plan));
        }

        /** The same plan, which rests on something else now. */
        Standing on(Basis other) {
            return new Standing(other, plan, link);
        }
    }

    SortedMap<Subject, PeerPlan> plans() {
        return plans;
    }

    SortedMap<String, Planned<IpsecResource>> resources(Daemon daemon) {
        return resources.getOrDefault(daemon, new TreeMap<>());
    }

    void forget() {
        standing.clear();
        plans = new TreeMap<>();
        resources.clear();
        own = null;
        settings = null;
    }

    void update(
            View view,
            Believed<FabricSettings> settings,
            Believed<NodeGrant> own,
            Changes changes) {
        var bonds = new Bonds(self, own.says(), view, settings.says());
        boolean anew =
                !own.equals(this.own)
                        || !settings.equals(this.settings)
                        || changes.sighted().contains(self)
                        || bonds.mayChangeBy(changes);
        var look = new TreeSet<>(changes.grants().keySet());
        look.addAll(changes.sighted());
        if (anew) {
            look.addAll(bonds.candidates());
            look.addAll(standing.keySet());
        }
        var here = bonds.isConnector() ? End.granted(view, self) : End.of(view, self);
        var planner = new TunnelPlanner(settings, defaults);
        var news = new TreeMap<Subject, @Nullable Standing>();
        look.forEach(node -> look(planner, node, bonds.with(node), here, view, news));
        take(news, own);
        this.own = own;
        this.settings = settings;
    }

    private void look(
            TunnelPlanner planner,
            Subject node,
            @Nullable Bond bond,
            End here,
            View view,
            SortedMap<Subject, @Nullable Standing> news) {
        var known = standing.get(node);
        if (bond == null) {
            if (known != null) {
                news.put(node, null);
            }
            return;
        }
        boolean anywhere = bond.kind() != PeerPlan.Kind.CONNECTOR;
        var basis =
                new Basis(
                        bond,
                        anywhere ? here : new End(self, here.grant(), null, null),
                        anywhere ? End.of(view, node) : End.granted(view, node),
                        planner.settings());
        if (known == null || !known.basis().equals(basis)) {
            var plan = planner.plan(bond, basis.here(), basis.there());
            if (known != null && known.plan().equals(plan)) {
                standing.put(node, known.on(basis));
            } else {
                news.put(node, Standing.of(basis, plan));
            }
        }
    }

    private void take(SortedMap<Subject, @Nullable Standing> news, Believed<NodeGrant> own) {
        if (!own.equals(this.own)) {
            for (var daemon : Daemon.values()) {
                resources.put(daemon, withKey(resources(daemon), own));
            }
        }
        if (news.isEmpty()) {
            return;
        }
        var before = new ArrayList<@Nullable Standing>();
        plans = new TreeMap<>(plans);
        news.forEach((node, now) -> {
            var was = now == null ? standing.remove(node) : standing.put(node, now);
            before.add(was);
            if (now == null) {
                plans.remove(node);
            } else {
                plans.put(node, now.plan());
            }
        });
        for (var daemon : Daemon.values()) {
            resources.put(daemon, exchanged(daemon, before, news.values()));
        }
    }

    private static SortedMap<String, Planned<IpsecResource>> withKey(
            SortedMap<String, Planned<IpsecResource>> resources, Believed<NodeGrant> own) {
        var key = new OwnKey(own.says().ikeKey());
        var why = new Reason("proves this node in IKE", List.of(own.record()));
        var next = new TreeMap<>(resources);
        next.values().removeIf(planned -> planned.resource() instanceof OwnKey);
        next.put(key.key(), new Planned<>(key, why));
        return next;
    }

    /** Connections of one daemon, no two of which have one key: they name the keys of peers. */
    private SortedMap<String, Planned<IpsecResource>> exchanged(
            Daemon daemon,
            Collection<@Nullable Standing> before,
            Collection<@Nullable Standing> after) {
        var gone = links(daemon, before);
        var come = links(daemon, after);
        if (gone.isEmpty() && come.isEmpty()) {
            return resources(daemon);
        }
        var next = new TreeMap<>(resources(daemon));
        gone.forEach(link -> next.remove(link.key()));
        come.forEach(link -> next.put(link.key(), link.connection()));
        return next;
    }

    private static List<Link> links(Daemon daemon, Collection<@Nullable Standing> standing) {
        var links = new ArrayList<Link>();
        for (var each : standing) {
            if (each != null && each.link() != null && each.plan().daemon() == daemon) {
                links.add(each.link());
            }
        }
        return links;
    }
}
