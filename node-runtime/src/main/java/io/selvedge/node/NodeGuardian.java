// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Report;
import io.selvedge.model.Slot;
import io.selvedge.model.Subject;
import io.selvedge.node.fabric.FabricActor;
import io.selvedge.node.machine.MachineActor;
import io.selvedge.node.paths.PathsActor;
import io.selvedge.node.report.ReportsActor;
import io.selvedge.paths.Observed;
import io.selvedge.paths.PeerPath;
import io.selvedge.paths.Reachability;
import io.selvedge.plan.NodeDefaults;
import io.selvedge.plan.Plan;
import io.selvedge.plan.StandingPlan;
import io.selvedge.report.Chronicle;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Joins the actors of the fabric plane: what one of them learns, another has to act on. Records
 * lead to a plan, a plan that the machine holds to paths, paths to neighbours for gossip; and what
 * changes is reported.
 */
final class NodeGuardian extends AbstractBehavior<NodeGuardian.Message> {
    sealed interface Message {}

    /** What the records say now. */
    record Believed(View view) implements Message {}

    /** The machine holds the plan. */
    record Reached(Plan plan) implements Message {}

    /** Tunnels do not come to stand: the machine may have lost what it was given. */
    record Doubted() implements Message {}

    /** The paths actor has looked. */
    record Seen(Plan plan, Observed observed, SortedMap<String, PeerPath> paths)
            implements Message {}

    /** The authority on this node has published. */
    record Published(Collection<SignedRecord> records) implements Message {}

    /** Asks for what the fabric plane holds that was written with a key. */
    record Give(RecordKey writer, CompletableFuture<List<SignedRecord>> answer)
            implements Message {}

    private record Remind() implements Message {}

    /** The behaviors of the actors that it joins, made when it knows itself. */
    interface Family {
        Behavior<FabricActor.Command> fabric(ActorRef<Message> guardian);

        Behavior<MachineActor.Command> machine(ActorRef<Message> guardian);

        Behavior<PathsActor.Command> paths(ActorRef<Message> guardian);

        Behavior<ReportsActor.Command> reports();

        /** Told what is to be reported; never blocks. */
        void report(List<Report> reports);

        /** Called once the machine holds the node's fabric address, and on every change of view. */
        void cluster(View view, ActorRef<Message> guardian);
    }

    private static final Duration REMINDER = Duration.ofSeconds(5);

    /** Reminders between two of all that the authority has published. */
    private static final int PUBLISH_EVERY = 12;

    private final StandingPlan standing;
    private final Family family;
    private final ActorRef<FabricActor.Command> fabric;
    private final ActorRef<MachineActor.Command> machine;
    private final ActorRef<PathsActor.Command> paths;
    private final ActorRef<ReportsActor.Command> reports;
    private final Chronicle chronicle = new Chronicle();
    private final Map<Slot, SignedRecord> published = new LinkedHashMap<>();
    private @Nullable View view;
    private @Nullable Plan planned;
    private @Nullable Plan reached;
    private @Nullable IpAddress bound;
    private SortedSet<Subject> near = new TreeSet<>();
    private int reminders;

    private NodeGuardian(
            ActorContext<Message> context, Subject self, NodeDefaults defaults, Family family) {
        super(context);
        this.standing = new StandingPlan(self, defaults);
        this.family = family;
        var blocking = DispatcherSelector.fromConfig("selvedge.blocking");
        var me = context.getSelf();
        machine = context.spawn(restarting(family.machine(me)), "machine", blocking);
        paths = context.spawn(restarting(family.paths(me)), "paths", blocking);
        reports = context.spawn(restarting(family.reports()), "reports", blocking);
        fabric = context.spawn(restarting(family.fabric(me)), "fabric", blocking);
    }

    static Behavior<Message> create(Subject self, NodeDefaults defaults, Family family) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    timers.startTimerWithFixedDelay(new Remind(), REMINDER);
                    return new NodeGuardian(context, self, defaults, family);
                }));
    }

    private static <T> Behavior<T> restarting(Behavior<T> behavior) {
        return Behaviors.supervise(behavior)
                .onFailure(
                        SupervisorStrategy.restartWithBackoff(
                                Duration.ofMillis(500), Duration.ofSeconds(10), 0.2));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Believed.class, this::onBelieved)
                .onMessage(Reached.class, this::onReached)
                .onMessage(Doubted.class, _ -> onDoubted())
                .onMessage(Seen.class, this::onSeen)
                .onMessage(Published.class, this::onPublished)
                .onMessage(Give.class, this::onGive)
                .onMessage(Remind.class, _ -> onRemind())
                .build();
    }

    private Behavior<Message> onBelieved(Believed believed) {
        if (believed.view().settings() == null) {
            return this; // Nothing is known: what stands is closed, and stays.
        }
        view = believed.view();
        planned = standing.next(believed.view());
        machine.tell(new MachineActor.Reach(planned));
        reports.tell(new ReportsActor.Believe(believed.view()));
        family.report(chronicle.planned(planned));
        if (bound != null) {
            family.cluster(believed.view(), getContext().getSelf());
        }
        return this;
    }

    private Behavior<Message> onReached(Reached reached) {
        this.reached = reached.plan();
        paths.tell(new PathsActor.Keep(reached.plan()));
        var own = reached.plan().ownAddress();
        if (own != null) {
            bound = own;
            fabric.tell(new FabricActor.Bindable(own));
            reports.tell(new ReportsActor.Bindable(own));
            if (view != null) {
                family.cluster(view, getContext().getSelf());
            }
        }
        return this;
    }

    private Behavior<Message> onDoubted() {
        machine.tell(new MachineActor.Look());
        return this;
    }

    private Behavior<Message> onSeen(Seen seen) {
        var reachability = Reachability.of(seen.plan(), seen.observed(), seen.paths());
        fabric.tell(new FabricActor.Reach(reachability.peers()));
        if (!reachability.peers().equals(near)) {
            near = reachability.peers();
            reports.tell(new ReportsActor.Reach(near));
        }
        family.report(chronicle.seen(seen.plan(), seen.observed(), seen.paths()));
        if (!reachability.sightings().isEmpty()) {
            fabric.tell(new FabricActor.Sighted(reachability.sightings()));
        }
        return this;
    }

    private Behavior<Message> onPublished(Published news) {
        news.records().forEach(record -> published.put(record.slot(), record));
        fabric.tell(new FabricActor.Publish(news.records()));
        return this;
    }

    private Behavior<Message> onGive(Give give) {
        fabric.tell(new FabricActor.Give(give.writer(), give.answer()));
        return this;
    }

    /** An actor that was restarted has forgotten what it was told; the others shrug. */
    private Behavior<Message> onRemind() {
        if (planned != null) {
            machine.tell(new MachineActor.Reach(planned));
        }
        if (reached != null) {
            paths.tell(new PathsActor.Keep(reached));
        }
        if (bound != null) {
            fabric.tell(new FabricActor.Bindable(bound));
            reports.tell(new ReportsActor.Bindable(bound));
        }
        if (view != null) {
            reports.tell(new ReportsActor.Believe(view));
            reports.tell(new ReportsActor.Reach(near));
        }
        if (++reminders % PUBLISH_EVERY == 0 && !published.isEmpty()) {
            fabric.tell(new FabricActor.Publish(List.copyOf(published.values())));
        }
        return this;
    }
}
