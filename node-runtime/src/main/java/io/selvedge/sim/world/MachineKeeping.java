// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.fabric.FabricNode;
import io.selvedge.model.IpAddress;
import io.selvedge.node.machine.Part;
import io.selvedge.node.machine.Reconciler;
import io.selvedge.node.paths.PathKeeper;
import io.selvedge.node.status.OperationLedger;
import io.selvedge.paths.Knock;
import io.selvedge.paths.Observed;
import io.selvedge.paths.PeerPath;
import io.selvedge.paths.Reachability;
import io.selvedge.plan.Plan;
import io.selvedge.sim.ike.IkeBackend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of a process that keeps the machine: reconciler and paths, as their actors run them.
 * Ends with the process.
 */
public final class MachineKeeping {
    private static final long INTERVAL_MILLIS = 30_000;
    private static final long BACKOFF_MIN_MILLIS = 500;
    private static final long BACKOFF_MAX_MILLIS = 30_000;
    private static final long LOOK_MILLIS = 1_000;

    private final SimNode node;
    private final OperationLedger ledger = new OperationLedger();
    private final Reconciler reconciler;
    private final PathKeeper paths;
    private @Nullable Plan planned;
    private @Nullable Plan reached;
    private @Nullable IpAddress bound;
    private long hangsUntil;
    private long backoff = BACKOFF_MIN_MILLIS;
    private long looks;
    private long said;
    private boolean lookDue;
    private boolean pathsDue;

    MachineKeeping(SimNode node) {
        this.node = node;
        var machine = node.machine();
        var key = SimNode.ikeKey(node.number());
        var relay = new IkeBackend(machine.relay(), key, machine.relayFaults());
        var directDaemon = machine.direct();
        var direct =
                directDaemon == null
                        ? null
                        : new IkeBackend(directDaemon, key, machine.directFaults());
        var parts = new ArrayList<Part<?>>();
        parts.add(new Part<>(machine.ip(), Plan::ip));
        parts.add(new Part<>(machine.filter(), Plan::filter));
        parts.add(new Part<>(machine.cni(), Plan::cni));
        parts.add(new Part<>(relay, Plan::relay));
        if (direct != null) {
            parts.add(new Part<>(direct, Plan::direct));
        }
        reconciler = new Reconciler(parts, ledger, node.clock());
        paths =
                new PathKeeper(
                        new PathKeeper.Parts(
                                relay,
                                direct,
                                machine.paths(),
                                ledger,
                                this::seen,
                                (source, tos, answered) ->
                                        new SimProber(node, source, tos != 0, answered),
                                _ -> new SimKnocker(node),
                                this::lookSoon,
                                node.clock()),
                        node.clock()::steadyMillis,
                        this::answered,
                        this::knocked);
        relay.onChange(this::pathsSoon);
        relay.onReturn(this::lookSoon);
        if (direct != null) {
            direct.onChange(this::pathsSoon);
            direct.onReturn(this::lookSoon);
        }
        tick();
    }

    /** Operations given to the machine so far. */
    public long operations() {
        return ledger.entries().values().stream().mapToLong(OperationLedger.Entry::count).sum();
    }

    /** How each peer is reached, by its name. */
    public SortedMap<String, PeerPath> paths() {
        return paths.paths();
    }

    public @Nullable Plan planned() {
        return planned;
    }

    /** The plan that the machine was last brought to. */
    public @Nullable Plan reached() {
        return reached;
    }

    /** The own address that datagrams are sent from; null before the machine holds it. */
    @Nullable IpAddress bound() {
        return bound;
    }

    void hang(long millis) {
        hangsUntil = node.world().timeline().now() + millis;
    }

    /** Of plans that come faster than the machine is brought to them, the latest wins. */
    void reach(Plan next) {
        if (!next.equals(planned)) {
            planned = next;
            node.world().witness().planned(node, next);
            lookSoon();
        }
    }

    private void lookSoon() {
        if (!lookDue) {
            lookDue = true;
            node.later(1, () -> look(++looks));
        }
    }

    private void look(long mine) {
        if (mine != looks) {
            return;
        }
        lookDue = false;
        var wanted = planned;
        long wait = hangsUntil - node.world().timeline().now();
        if (wanted == null) {
            return;
        }
        if (wait > 0) {
            lookDue = true;
            node.later(wait, () -> look(++looks));
            return;
        }
        try {
            reconciler.reconcile(wanted, wanted.equals(reached));
            backoff = BACKOFF_MIN_MILLIS;
            sayWhatWasDone();
            node.world().witness().reached(node, wanted);
            again(INTERVAL_MILLIS);
            onReached(wanted);
        } catch (IOException failed) {
            node.world().say(node.number(), () -> "machine fails: " + failed.getMessage());
            again(backoff);
            backoff = Math.min(2 * backoff, BACKOFF_MAX_MILLIS);
        }
    }

    private void again(long millis) {
        long mine = ++looks;
        node.later(millis, () -> look(mine));
    }

    private void onReached(Plan plan) {
        reached = plan;
        if (plan.ownAddress() != null) {
            bound = plan.ownAddress();
        }
        if (paths.keep(plan)) {
            lookAtPaths();
        }
    }

    private void tick() {
        paths.tick();
        lookAtPaths();
        node.later(LOOK_MILLIS, this::tick);
    }

    private void answered(IpAddress address) {
        if (paths.answered(address)) {
            lookAtPaths();
        }
    }

    /** A daemon answered, from where it was knocked at. */
    void knocked(Knock door) {
        paths.answered(door);
    }

    private void pathsSoon() {
        if (!pathsDue) {
            pathsDue = true;
            node.later(
                    1,
                    () -> {
                        pathsDue = false;
                        lookAtPaths();
                    });
        }
    }

    private void lookAtPaths() {
        if (paths.plan() == null) {
            return;
        }
        try {
            paths.look();
            sayWhatWasDone();
            node.world().witness().looked(node);
        } catch (IOException failed) {
            node.world().say(node.number(), () -> "paths fail: " + failed.getMessage());
        }
    }

    private void sayWhatWasDone() {
        long operations = operations();
        if (operations != said) {
            said = operations;
            node.world().say(node.number(), () -> "machine: " + causes());
        }
    }

    private String causes() {
        return ledger.entries().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue().lastCause())
                .collect(Collectors.joining("; "));
    }

    private void seen(Plan plan, Observed observed, SortedMap<String, PeerPath> seen) {
        var reachability = Reachability.of(plan, observed, seen);
        node.later(0, () -> node.turn(new FabricNode.Reached(reachability.peers())));
        if (!reachability.sightings().isEmpty()) {
            node.later(0, () -> node.turn(new FabricNode.Sighted(reachability.sightings())));
        }
    }
}
