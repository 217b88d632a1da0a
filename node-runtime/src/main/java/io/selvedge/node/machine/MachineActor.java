// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.machine;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.selvedge.node.NodeSettings;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.plan.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell of the reconciler: the latest plan wins, failures are retried with back-off, and the
 * machine is looked at again every interval. Runs on a thread of its own, because drivers block.
 */
public final class MachineActor extends AbstractBehavior<MachineActor.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(MachineActor.class);

    public sealed interface Command {}

    /** A plan to bring the machine to. */
    public record Reach(Plan plan) implements Command {}

    /** Look at the machine now, and not only when it is time. */
    public record Look() implements Command {}

    private final Reconciler reconciler;
    private final NodeSettings.Reconcile settings;
    private final StatusBoard board;
    private final Consumer<Plan> onReached;
    private final TimerScheduler<Command> timers;
    private @Nullable Plan plan;
    private @Nullable Plan reached;
    private boolean lookDue;
    private Duration backoff;

    private MachineActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Reconciler reconciler,
            NodeSettings.Reconcile settings,
            StatusBoard board,
            Consumer<Plan> onReached,
            Consumer<Runnable> changes) {
        super(context);
        this.timers = timers;
        this.reconciler = reconciler;
        this.settings = settings;
        this.board = board;
        this.onReached = onReached;
        this.backoff = settings.backoffMin();
        var self = context.getSelf();
        changes.accept(() -> self.tell(new Look()));
    }

    /**
     * Starts without a plan.
     *
     * @param onReached told each plan once the machine holds it
     * @param changes given what to run when the machine has to be looked at before its time
     */
    public static Behavior<Command> create(
            Reconciler reconciler,
            NodeSettings.Reconcile settings,
            StatusBoard board,
            Consumer<Plan> onReached,
            Consumer<Runnable> changes) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers ->
                        new MachineActor(
                                context, timers, reconciler, settings, board, onReached, changes)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Reach.class, reach -> onReach(reach.plan()))
                .onMessage(Look.class, _ -> look())
                .build();
    }

    /** Of plans that come faster than the machine is brought to them, the latest wins. */
    private Behavior<Command> onReach(Plan next) {
        boolean known = next.equals(plan);
        plan = next;
        if (!known && !lookDue) {
            lookDue = true;
            getContext().getSelf().tell(new Look());
        }
        return this;
    }

    private Behavior<Command> look() {
        lookDue = false;
        var wanted = plan;
        if (wanted == null) {
            return this;
        }
        try {
            reconciler.reconcile(wanted, wanted.equals(reached));
            board.leave(new StatusBoard.Machine(true, true, null));
            backoff = settings.backoffMin();
            timers.startSingleTimer(new Look(), settings.interval());
            if (!wanted.equals(reached)) {
                reached = wanted;
                onReached.accept(wanted);
            }
        } catch (IOException failed) {
            LOG.warn("reconcile failed, next try in {}", backoff, failed);
            board.leave(new StatusBoard.Machine(true, false, failed.getMessage()));
            timers.startSingleTimer(new Look(), backoff);
            var doubled = backoff.multipliedBy(2);
            backoff =
                    doubled.compareTo(settings.backoffMax()) < 0 ? doubled : settings.backoffMax();
        }
        return this;
    }
}
