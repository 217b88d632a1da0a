// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.paths;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.selvedge.model.IpAddress;
import io.selvedge.node.driver.IpsecBackend;
import io.selvedge.node.status.OperationLedger;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.paths.Association;
import io.selvedge.paths.PathAction;
import io.selvedge.paths.PathLogic;
import io.selvedge.paths.PeerPath;
import io.selvedge.paths.ProbeLog;
import io.selvedge.plan.PeerPlan;
import io.selvedge.plan.Plan;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
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

    public sealed interface Command {}

    /** The machine holds this plan now: keep its paths. */
    public record Keep(Plan plan) implements Command {}

    /** A probe was answered. */
    public record Answered(IpAddress address) implements Command {}

    private record Changed() implements Command {}

    private record Tick() implements Command {}

    /** Told after every look at the associations. */
    @FunctionalInterface
    public interface Observer {
        void seen(Plan plan, List<Association> associations, SortedMap<String, PeerPath> paths);
    }

    private final IpsecBackend ipsec;
    private final OperationLedger ledger;
    private final StatusBoard board;
    private final Observer observer;
    private final InstantSource clock;
    private final Function<IpAddress, Prober> probers;
    private final ProbeLog probes = new ProbeLog();
    private final PathLogic logic = new PathLogic(probes);
    private @Nullable Plan plan;
    private @Nullable Prober prober;

    private PathsActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Parts parts,
            Function<IpAddress, Prober> probers) {
        super(context);
        this.ipsec = parts.ipsec();
        this.ledger = parts.ledger();
        this.board = parts.board();
        this.observer = parts.observer();
        this.clock = parts.clock();
        this.probers = probers;
        timers.startTimerWithFixedDelay(new Tick(), TICK);
        var self = context.getSelf();
        ipsec.onChange(() -> self.tell(new Changed()));
    }

    /** What the actor works with. */
    public record Parts(
            IpsecBackend ipsec,
            OperationLedger ledger,
            StatusBoard board,
            Observer observer,
            InstantSource clock) {}

    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> {
            var self = context.getSelf();
            return Behaviors.withTimers(timers ->
                    new PathsActor(
                            context,
                            timers,
                            parts,
                            source ->
                                    new FpingProber(
                                            source, address -> self.tell(new Answered(address)))));
        });
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Keep.class, keep -> onKeep(keep.plan()))
                .onMessage(Answered.class, answer -> onAnswered(answer.address()))
                .onMessage(Changed.class, _ -> step())
                .onMessage(Tick.class, _ -> step())
                .onSignal(PostStop.class, _ -> stop())
                .build();
    }

    private Behavior<Command> onKeep(Plan next) {
        plan = next;
        probe(next);
        return step();
    }

    private Behavior<Command> onAnswered(IpAddress address) {
        long now = nowMillis();
        probes.answered(address, now);
        return isConnector(address) ? step() : this;
    }

    /** Only a relay that answers can make a direct path worth leaving. */
    private boolean isConnector(IpAddress address) {
        var current = plan;
        return current != null
                && current.peers().values().stream()
                        .anyMatch(peer ->
                                peer.kind() == PeerPlan.Kind.CONNECTOR
                                        && peer.address().equals(address));
    }

    /** Probes are for choosing between two ways: connectors of the fabric have but one. */
    private void probe(Plan next) {
        var addresses = new TreeSet<IpAddress>();
        boolean choice =
                next.peers().values().stream().anyMatch(p -> p.kind() == PeerPlan.Kind.COMMUNITY);
        if (choice) {
            next.peers().values().forEach(peer -> addresses.add(peer.address()));
        }
        var source = next.ownAddress();
        if (prober == null && source != null) {
            prober = probers.apply(source);
        }
        if (prober != null) {
            prober.watch(addresses);
        }
    }

    private Behavior<Command> step() {
        var current = plan;
        if (current == null) {
            return this;
        }
        try {
            var associations = ipsec.associations();
            for (var action : logic.step(current, associations, nowMillis())) {
                act(action);
            }
            var paths = logic.paths();
            boolean complete =
                    paths.values().stream().allMatch(path -> path.state() == PeerPath.State.UP);
            board.leave(new StatusBoard.Paths(paths, complete));
            observer.seen(current, associations, paths);
        } catch (IOException unreachable) {
            getContext()
                    .getLog()
                    .debug("the IKE daemon does not answer: {}", unreachable.getMessage());
            board.leave(new StatusBoard.Paths(logic.paths(), false));
        }
        return this;
    }

    private void act(PathAction action) throws IOException {
        LOG.atInfo()
                .addKeyValue("connection", action.connectionName())
                .addKeyValue("cause", action.cause())
                .log(action.verb());
        ledger.note(ipsec.name(), 1, action.cause(), clock.instant());
        switch (action) {
            case PathAction.Initiate(var connection, _) -> ipsec.initiate(connection);
            case PathAction.Terminate(var id, _, _) -> ipsec.terminate(id);
        }
    }

    private Behavior<Command> stop() {
        if (prober != null) {
            prober.close();
        }
        return this;
    }

    private static long nowMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
