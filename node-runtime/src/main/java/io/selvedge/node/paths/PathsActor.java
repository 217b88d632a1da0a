// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.paths;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.selvedge.model.IpAddress;
import io.selvedge.node.driver.Driver;
import io.selvedge.node.driver.IpsecBackend;
import io.selvedge.node.status.OperationLedger;
import io.selvedge.node.status.StatusBoard;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the paths: on every event of the IKE daemon, every answer of a probe and every second it
 * looks at the associations and does what the logic wants. Runs on a thread of its own, with an
 * IPsec backend of its own.
 */
public final class PathsActor extends AbstractBehavior<PathsActor.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(PathsActor.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Ticks between two looks at the path routes, for somebody else may have changed them. */
    private static final int ROUTES_EVERY = 10;

    public sealed interface Command {}

    /** The machine holds this plan now: keep its paths. */
    public record Keep(Plan plan) implements Command {}

    /** A probe was answered. */
    public record Answered(IpAddress address) implements Command {}

    private record Changed() implements Command {}

    private record Tick() implements Command {}

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

    /**
     * What the actor works with.
     *
     * @param direct null on a connector, which has no peers but by the relay
     */
    public record Parts(
            IpsecBackend relay,
            @Nullable IpsecBackend direct,
            Driver<IpResource> routes,
            OperationLedger ledger,
            StatusBoard board,
            Observer observer,
            Probers probers,
            InstantSource clock) {}

    private final Parts parts;
    private final ProbeLog probes = new ProbeLog();
    private final PathLogic logic = new PathLogic(probes);
    private @Nullable Plan plan;
    private @Nullable Prober relayProber;
    private @Nullable Prober directProber;
    private @Nullable SortedSet<String> routes;
    private @Nullable SortedSet<String> brought;
    private int ticks;

    private PathsActor(ActorContext<Command> context, TimerScheduler<Command> timers, Parts parts) {
        super(context);
        this.parts = parts;
        timers.startTimerWithFixedDelay(new Tick(), TICK);
        var self = context.getSelf();
        parts.relay().onChange(() -> self.tell(new Changed()));
        if (parts.direct() != null) {
            parts.direct().onChange(() -> self.tell(new Changed()));
        }
    }

    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new PathsActor(context, timers, parts)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Keep.class, keep -> onKeep(keep.plan()))
                .onMessage(Answered.class, answer -> onAnswered(answer.address()))
                .onMessage(Changed.class, _ -> step())
                .onMessage(Tick.class, _ -> onTick())
                .onSignal(PreRestart.class, _ -> stop())
                .onSignal(PostStop.class, _ -> stop())
                .build();
    }

    private Behavior<Command> onKeep(Plan next) {
        if (next.equals(plan)) {
            return this;
        }
        plan = next;
        probe(next);
        return step();
    }

    private Behavior<Command> onTick() {
        if (++ticks % ROUTES_EVERY == 0) {
            routes = null;
        }
        return step();
    }

    private Behavior<Command> onAnswered(IpAddress address) {
        probes.answered(address, nowMillis());
        return carries(address) ? this : step();
    }

    /** That a direct path goes on answering leads to nothing. */
    private boolean carries(IpAddress address) {
        var paths = parts.board().paths().peers();
        return plan != null
                && plan.peers().values().stream()
                        .filter(peer -> peer.daemon() == Daemon.DIRECT)
                        .filter(peer -> peer.address().equals(address))
                        .map(peer -> paths.get(peer.name()))
                        .anyMatch(path ->
                                path != null
                                        && (path.way() == Way.DIRECT || path.way() == Way.LAN));
    }

    /** Probes are for choosing between two ways: where there is but one, none are sent. */
    private void probe(Plan next) {
        var source = next.ownAddress();
        if (source == null || parts.direct() == null) {
            return;
        }
        if (relayProber == null || directProber == null) {
            var self = getContext().getSelf();
            Consumer<IpAddress> answered = address -> self.tell(new Answered(address));
            relayProber = parts.probers().open(source, 0, answered);
            directProber = parts.probers().open(source, IpResource.PROBE_TOS, answered);
        }
        var peers = addresses(next, Daemon.DIRECT);
        directProber.watch(peers);
        relayProber.watch(peers.isEmpty() ? peers : addresses(next, Daemon.RELAY));
    }

    private static SortedSet<IpAddress> addresses(Plan plan, Daemon daemon) {
        return plan.peers().values().stream()
                .filter(peer -> peer.daemon() == daemon)
                .map(PeerPlan::address)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Behavior<Command> step() {
        var current = plan;
        if (current == null) {
            return this;
        }
        try {
            var observed = observe();
            var steps = logic.step(current, observed, nowMillis());
            bring(observed, steps);
            for (var action : steps.actions()) {
                act(action);
            }
            var paths = logic.paths();
            boolean complete =
                    paths.values().stream().allMatch(path -> path.state() == PeerPath.State.UP);
            parts.board().leave(new StatusBoard.Paths(paths, complete));
            parts.observer().seen(current, observed, paths);
        } catch (IOException failed) {
            routes = null;
            LOG.atWarn().setCause(failed).log("paths not seen to; next try in a second");
            parts.board().leave(new StatusBoard.Paths(logic.paths(), false));
        }
        return this;
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

    private Behavior<Command> stop() {
        if (relayProber != null) {
            relayProber.close();
        }
        if (directProber != null) {
            directProber.close();
        }
        return this;
    }

    private static long nowMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
