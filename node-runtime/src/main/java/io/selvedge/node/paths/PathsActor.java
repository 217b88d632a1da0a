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
import io.selvedge.node.status.StatusBoard;
import io.selvedge.paths.Knock;
import io.selvedge.paths.PeerPath;
import io.selvedge.plan.Plan;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell around {@link PathKeeper}: lets it look on every event of the IKE daemon, on every
 * answer of a probe that may change something, and every second. Runs on a thread of its own, with
 * an IPsec backend of its own.
 */
public final class PathsActor extends AbstractBehavior<PathsActor.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(PathsActor.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    public sealed interface Command {}

    /** The machine holds this plan now: keep its paths. */
    public record Keep(Plan plan) implements Command {}

    /** A probe was answered. */
    public record Answered(IpAddress address) implements Command {}

    private record Knocked(Knock door) implements Command {}

    private record Changed() implements Command {}

    private record Tick() implements Command {}

    private final PathKeeper keeper;
    private final StatusBoard board;

    private PathsActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            PathKeeper.Parts parts,
            StatusBoard board) {
        super(context);
        this.board = board;
        timers.startTimerWithFixedDelay(new Tick(), TICK);
        var self = context.getSelf();
        keeper =
                new PathKeeper(
                        parts,
                        () -> System.nanoTime() / 1_000_000,
                        address -> self.tell(new Answered(address)),
                        door -> self.tell(new Knocked(door)));
        parts.relay().onChange(() -> self.tell(new Changed()));
        if (parts.direct() != null) {
            parts.direct().onChange(() -> self.tell(new Changed()));
        }
    }

    public static Behavior<Command> create(PathKeeper.Parts parts, StatusBoard board) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new PathsActor(context, timers, parts, board)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Keep.class, keep -> keeper.keep(keep.plan()) ? look() : this)
                .onMessage(
                        Answered.class, answer -> keeper.answered(answer.address()) ? look() : this)
                .onMessage(Knocked.class, knocked -> onKnocked(knocked.door()))
                .onMessage(Changed.class, _ -> look())
                .onMessage(Tick.class, _ -> onTick())
                .onSignal(PreRestart.class, _ -> stop())
                .onSignal(PostStop.class, _ -> stop())
                .build();
    }

    private Behavior<Command> onKnocked(Knock door) {
        keeper.answered(door);
        return this;
    }

    private Behavior<Command> onTick() {
        keeper.tick();
        return look();
    }

    private Behavior<Command> look() {
        if (keeper.plan() == null) {
            return this;
        }
        boolean seen = true;
        try {
            keeper.look();
        } catch (IOException failed) {
            seen = false;
            LOG.atWarn().setCause(failed).log("paths not seen to; next try in a second");
        }
        var paths = keeper.paths();
        boolean complete =
                paths.values().stream().allMatch(path -> path.state() == PeerPath.State.UP);
        board.leave(new StatusBoard.Paths(paths, seen && complete));
        return this;
    }

    private Behavior<Command> stop() {
        keeper.close();
        return this;
    }
}
