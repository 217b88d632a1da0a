// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.paths;

import io.selvedge.model.IpAddress;
import io.selvedge.node.driver.Driver;
import io.selvedge.node.driver.IpsecBackend;
import io.selvedge.node.status.OperationLedger;
import io.selvedge.paths.Knock;
import io.selvedge.paths.Observed;
import io.selvedge.paths.PathAction;
import io.selvedge.paths.PathLogic;
import io.selvedge.paths.PeerPath;
import io.selvedge.paths.PeerPath.Way;
import io.selvedge.paths.ProbeLog;
import io.selvedge.paths.Steps;
import io.selvedge.plan.Diff;
import io.selvedge.plan.IpResource;
import io.selvedge.plan.PeerPlan;
import io.selvedge.plan.PeerPlan.Daemon;
import io.selvedge.plan.Plan;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the paths of the plan that the machine holds: looks at associations and routes, and does
 * what the {@link PathLogic} wants. Used by one thread; {@link #look} blocks on the drivers, and
 * when it fails, looking again later is all there is to do.
 */
public final class PathKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PathKeeper.class);

    /** Ticks between two looks at the path routes, for somebody else may have changed them. */
    private static final int ROUTES_EVERY = 10;

    /** Knocks at a door in a second: one of two is answered soon, also where much is lost. */
    private static final int KNOCKS = 2;

    /** Told after every look at the paths. */
    @FunctionalInterface
    public interface Observer {
        void seen(Plan plan, Observed observed, SortedMap<String, PeerPath> paths);
    }

    /** Makes a prober that probes from an address, with a TOS. */
    @FunctionalInterface
    public interface Probers {
        Prober open(IpAddress source, int tos, Consumer<IpAddress> answered);
    }

    /** Makes a knocker. */
    @FunctionalInterface
    public interface Knockers {
        Knocker open(Consumer<Knock> answered);
    }

    /**
     * What it works with.
     *
     * @param direct null on a connector, which has no peers but by the relay
     * @param doubt run when what the machine holds is worth a look
     */
    public record Parts(
            IpsecBackend relay,
            @Nullable IpsecBackend direct,
            Driver<IpResource> routes,
            OperationLedger ledger,
            Observer observer,
            Probers probers,
            Knockers knockers,
            Runnable doubt,
            InstantSource clock) {}

    private final Parts parts;
    private final LongSupplier millis;
    private final Consumer<IpAddress> onAnswer;
    private final Knocker knocker;
    private final ProbeLog probes = new ProbeLog();
    private final PathLogic logic = new PathLogic(probes);
    private @Nullable Plan plan;
    private @Nullable Prober relayProber;
    private @Nullable Prober directProber;
    private @Nullable SortedSet<String> routes;
    private @Nullable SortedSet<String> brought;
    private SortedSet<Knock> knocks = new TreeSet<>();
    private SortedSet<IpAddress> silent = new TreeSet<>();
    private int ticks;

    /**
     * @param millis a clock that never jumps
     * @param onAnswer told by probers, on any thread; what it tells comes back by {@link #answered}
     * @param onKnock told by the knocker, likewise
     */
    public PathKeeper(
            Parts parts,
            LongSupplier millis,
            Consumer<IpAddress> onAnswer,
            Consumer<Knock> onKnock) {
        this.parts = parts;
        this.millis = millis;
        this.onAnswer = onAnswer;
        this.knocker = parts.knockers().open(onKnock);
    }

    /** The plan whose paths are kept; null before the first. */
    public @Nullable Plan plan() {
        return plan;
    }

    /** How each peer is reached, as of the last look, by the peer's name. */
    public SortedMap<String, PeerPath> paths() {
        return logic.paths();
    }

    /** Takes over a plan that the machine holds; true when it is another one. */
    public boolean keep(Plan next) {
        if (next.equals(plan)) {
            return false;
        }
        plan = next;
        probe(next);
        return true;
    }

    /** Says that a second went by. */
    public void tick() {
        if (++ticks % ROUTES_EVERY == 0) {
            routes = null;
        }
        knocks.forEach(this::knock);
    }

    /** Notes an answer to a knock; the next look makes of it what is to be made. */
    public void answered(Knock door) {
        logic.answered(door);
    }

    /** Notes an answer; true when it may change a path. */
    public boolean answered(IpAddress address) {
        probes.answered(address, millis.getAsLong());
        return !carries(address);
    }

    /** Looks at everything, and does what is to be done. */
    public void look() throws IOException {
        var current = Objects.requireNonNull(plan, "no plan to keep yet");
        try {
            var observed = observe();
            var steps = logic.step(current, observed, millis.getAsLong());
            suspect(steps, current);
            if (steps.doubtful()) {
                parts.doubt().run();
            }
            bring(observed, steps);
            for (var action : steps.actions()) {
                act(action);
            }
            parts.observer().seen(current, observed, logic.paths());
        } catch (IOException failed) {
            routes = null;
            throw failed;
        }
    }

    @Override
    public void close() {
        knocker.close();
        if (relayProber != null) {
            relayProber.close();
        }
        if (directProber != null) {
            directProber.close();
        }
    }

    /** That a direct path goes on answering leads to nothing. */
    private boolean carries(IpAddress address) {
        return plan != null
                && plan.peers().values().stream()
                        .filter(peer -> peer.daemon() == Daemon.DIRECT)
                        .filter(peer -> peer.address().equals(address))
                        .map(peer -> logic.path(peer.name()))
                        .anyMatch(path ->
                                path != null
                                        && (path.way() == Way.DIRECT || path.way() == Way.LAN));
    }

    /** A tunnel that answers nothing is asked for answers, in it and beside it. */
    private void suspect(Steps steps, Plan current) {
        steps.knocks().stream().filter(door -> !knocks.contains(door)).forEach(this::knock);
        knocks = steps.knocks();
        if (!silent.equals(steps.silent())) {
            silent = steps.silent();
            probe(current);
        }
    }

    private void knock(Knock door) {
        for (int i = 0; i < KNOCKS; i++) {
            knocker.knock(door);
        }
    }

    /**
     * Probes are for choosing between two ways: where there is but one, none are sent, unless it is
     * silent.
     */
    private void probe(Plan next) {
        var source = next.ownAddress();
        if (source == null || parts.direct() == null) {
            return;
        }
        if (relayProber == null || directProber == null) {
            relayProber = parts.probers().open(source, 0, onAnswer);
            directProber = parts.probers().open(source, IpResource.PROBE_TOS, onAnswer);
        }
        var peers = addresses(next, Daemon.DIRECT);
        directProber.watch(peers);
        var relays = addresses(next, Daemon.RELAY);
        if (peers.isEmpty()) {
            relays.retainAll(silent);
        }
        relayProber.watch(relays);
    }

    private static SortedSet<IpAddress> addresses(Plan plan, Daemon daemon) {
        return plan.peers().values().stream()
                .filter(peer -> peer.daemon() == daemon)
                .map(PeerPlan::address)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Observed observe() throws IOException {
        var direct = parts.direct();
        var standing = routes == null ? parts.routes().observe() : routes;
        routes = standing;
        return new Observed(
                parts.relay().associations(),
                direct == null ? List.of() : direct.associations(),
                standing);
    }

    private void bring(Observed observed, Steps steps) throws IOException {
        var diff = Diff.between(observed.routes(), steps.routes());
        var wanted = new TreeSet<>(steps.routes().keySet());
        if (diff.isEmpty()) {
            brought = wanted;
            return;
        }
        var cause = (wanted.equals(brought) ? "drift: " : "") + cause(diff, steps);
        LOG.atInfo()
                .addKeyValue("cause", cause)
                .addKeyValue("left", steps.left())
                .log("paths carry: {}", steps.routes().keySet());
        var driver = parts.routes();
        parts.ledger().note(driver.name(), diff.size(), cause, parts.clock().instant());
        routes = null;
        driver.apply(diff);
        brought = wanted;
    }

    private static String cause(Diff<IpResource> diff, Steps steps) {
        if (!diff.add().isEmpty()) {
            return diff.add().getFirst().reason().toString();
        }
        return steps.left().isEmpty()
                ? "no longer planned: " + diff.remove().first()
                : String.join("; ", steps.left().values());
    }

    private void act(PathAction action) throws IOException {
        var backend =
                switch (action.daemon()) {
                    case RELAY -> parts.relay();
                    case DIRECT -> Objects.requireNonNull(parts.direct());
                };
        LOG.atInfo()
                .addKeyValue("connection", action.connectionName())
                .addKeyValue("cause", action.cause())
                .log(action.getClass().getSimpleName());
        parts.ledger().note(backend.name(), 1, action.cause(), parts.clock().instant());
        switch (action) {
            case PathAction.Initiate(_, var connection, _) -> backend.initiate(connection);
            case PathAction.Terminate(_, var id, _, _) -> backend.terminate(id);
        }
    }
}
