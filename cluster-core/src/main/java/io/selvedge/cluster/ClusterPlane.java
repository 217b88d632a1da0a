// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import akka.Done;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.actor.CoordinatedShutdown;
import akka.actor.Status;
import akka.cluster.Cluster;
import com.typesafe.config.Config;
import io.selvedge.model.IpAddress;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of the actor system {@code selvedge}: starts it, joins the cluster, and starts it again
 * whenever it ended, was downed, or holds on to a cluster that the cloud has left. Never ends the
 * JVM.
 *
 * <p>Thread-safe; no method blocks. One thread of its own does the work; only {@link #running} is
 * read by others.
 */
public final class ClusterPlane implements AutoCloseable {
    /** The name of the actor system, the same on every node: it is part of every address. */
    public static final String SYSTEM = "selvedge";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterPlane.class);

    /** Artery flushes for a second; what takes longer does not end. */
    private static final Duration TERMINATION_MAX = Duration.ofSeconds(4);

    /** Above what Akka takes to join, or to find that nobody answers. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(8);

    private final ClusterSettings settings;
    private final ClusterTimings timings;
    private final BooleanSupplier cloudAnswers;
    private final Tenant tenant;
    private final Config config;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("cluster-plane").factory());

    private volatile @Nullable Running running;
    private volatile boolean closed;
    private @Nullable Seeds seeds;
    private Duration backoff;
    private long wellNanos;
    private long askedNanos;

    private ClusterPlane(
            ClusterSettings settings,
            ClusterTimings timings,
            BooleanSupplier cloudAnswers,
            Tenant tenant) {
        this.settings = settings;
        this.timings = timings;
        this.cloudAnswers = cloudAnswers;
        this.tenant = tenant;
        this.config = ClusterConfig.render(settings, tenant);
        this.backoff = timings.backoffMin();
    }

    /**
     * Begins to start the plane. It joins nothing before the first {@link #update}.
     *
     * @param cloudAnswers whether the fabric plane reaches some cloud node now
     */
    public static ClusterPlane start(
            ClusterSettings settings, ClusterTimings timings, BooleanSupplier cloudAnswers) {
        return start(settings, timings, cloudAnswers, Tenant.NONE);
    }

    /** The same, with a tenant in each actor system. */
    public static ClusterPlane start(
            ClusterSettings settings,
            ClusterTimings timings,
            BooleanSupplier cloudAnswers,
            Tenant tenant) {
        var plane = new ClusterPlane(settings, timings, cloudAnswers, tenant);
        long poll = timings.pollInterval().toNanos();
        plane.thread.execute(plane::startSystem);
        var _ = plane.thread.scheduleWithFixedDelay(plane::poll, poll, poll, TimeUnit.NANOSECONDS);
        return plane;
    }

    /**
     * Whom to ask for the cluster from now on, as the records say.
     *
     * @param cloud the fabric addresses of all cloud nodes
     * @param known those of other nodes that may be members
     */
    public void update(List<IpAddress> cloud, List<IpAddress> known) {
        var latest = new Seeds(cloud, known);
        onThread(() -> {
            if (!latest.equals(seeds)) {
                seeds = latest;
                join();
            }
        });
    }

    /** The members as this node sees them now; empty while it is in no cluster. */
    public List<ClusterMember> members() {
        var current = running;
        return current == null ? List.of() : ClusterMember.seenBy(current.cluster());
    }

    /** Since when the present actor system runs; zero while there is none. */
    public Duration uptime() {
        var current = running;
        return current == null ? Duration.ZERO : current.age();
    }

    /** Ends the present actor system as a crash would; it comes back. */
    public void kill() {
        onThread(() -> restart("it was killed"));
    }

    /** Ends the plane for good, without waiting for it. */
    @Override
    public void close() {
        onThread(() -> {
            closed = true;
            if (running == null) {
                thread.shutdown();
            } else {
                terminate();
            }
        });
    }

    private void onThread(Runnable step) {
        try {
            thread.execute(step);
        } catch (RejectedExecutionException alreadyClosed) {
            LOG.debug("the cluster plane is closed");
        }
    }

    private void startSystem() {
        if (closed || running != null) {
            return;
        }
        try (var _ = new ServerSocket(0, 1, settings.fabricAddress().toInetAddress())) {
            LOG.debug("the fabric address {} is there", settings.fabricAddress());
        } catch (IOException notYet) {
            LOG.warn(
                    "the cluster plane cannot start on {} yet: {}",
                    settings.fabricAddress(),
                    notYet.getMessage());
            startLater();
            return;
        }
        try {
            var system = ActorSystem.create(SYSTEM, config);
            var current = new Running(system, Cluster.get(system), System.nanoTime());
            wellNanos = System.nanoTime();
            running = current;
            system.registerOnTermination(() -> onThread(() -> ended(current)));
            CoordinatedShutdown.get(system)
                    .addTask(
                            CoordinatedShutdown.PhaseActorSystemTerminate(),
                            "release",
                            () -> {
                                onThread(() -> releaseLater(current));
                                return CompletableFuture.completedFuture(Done.getInstance());
                            });
            moveIn(system);
            join();
        } catch (RuntimeException failed) {
            // A shell: whatever keeps Akka from starting (port taken, no stores), try again.
            LOG.warn("the cluster plane cannot start on {}", settings.fabricAddress(), failed);
            startLater();
        }
    }

    private void moveIn(ActorSystem system) {
        try {
            tenant.moveIn(system);
        } catch (RuntimeException failed) {
            LOG.warn("the tenant of the cluster plane cannot move in", failed);
            terminate();
        }
    }

    private void ended(Running ended) {
        if (ended.equals(running)) {
            running = null;
            if (closed) {
                thread.shutdown();
            } else if (ended.age().compareTo(timings.backoffMax()) > 0) {
                backoff = timings.backoffMin();
            }
            startLater();
        }
    }

    private void startLater() {
        if (!closed) {
            var _ = thread.schedule(this::startSystem, backoff.toNanos(), TimeUnit.NANOSECONDS);
            var doubled = backoff.multipliedBy(2);
            backoff = doubled.compareTo(timings.backoffMax()) < 0 ? doubled : timings.backoffMax();
        }
    }

    private void join() {
        var current = running;
        if (current == null || seeds == null || current.isMember()) {
            return;
        }
        askedNanos = System.nanoTime();
        var order =
                seeds.orderFor(
                        settings.fabricAddress(),
                        settings.isCloud(),
                        tenant.mayForm(),
                        timings.knownSeedsMax());
        if (!order.isEmpty()) {
            current.cluster().joinSeedNodes(order.stream().map(this::address).toList());
        }
    }

    private Address address(IpAddress fabricAddress) {
        return new Address("akka", SYSTEM, fabricAddress.toString(), settings.port());
    }

    private void poll() {
        var current = running;
        if (current == null) {
            return;
        }
        // Whether a tenant may form a cluster changes with time.
        if (System.nanoTime() - askedNanos > ASK_AGAIN.toNanos() && !tenant.equals(Tenant.NONE)) {
            join();
        }
        boolean stuck = settings.isCloud() ? current.waitsToBeUp() : lostTheCloud(current);
        if (!stuck) {
            wellNanos = System.nanoTime();
        } else if (System.nanoTime() - wellNanos > timings.rejoinAfter().toNanos()) {
            wellNanos = System.nanoTime();
            if (settings.isCloud()) {
                current.downWhoHoldsItUp();
            } else {
                restart("the cloud answers but is no member any more; joining afresh");
            }
        }
    }

    private boolean lostTheCloud(Running current) {
        return current.isMember() && !current.reachesCloudMember() && cloudAnswers.getAsBoolean();
    }

    private void restart(String cause) {
        LOG.info("restarting the cluster plane: {}", cause);
        terminate();
    }

    private void terminate() {
        var current = running;
        if (current != null) {
            current.system().terminate();
            releaseLater(current);
        }
    }

    private void releaseLater(Running ending) {
        var _ =
                thread.schedule(
                        () -> release(ending), TERMINATION_MAX.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Artery waits for all its streams, and now and then for one that never ends: then the system
     * would never end either, and hold its port. Its terminator goes on when told of a failure.
     */
    private void release(Running ending) {
        if (ending.equals(running)) {
            LOG.warn("the cluster plane does not end by itself; ending its streams");
            ending.system()
                    .actorSelection("/system/remoting-terminator")
                    .tell(
                            new Status.Failure(new TimeoutException("streams did not end")),
                            ActorRef.noSender());
        }
    }
}
