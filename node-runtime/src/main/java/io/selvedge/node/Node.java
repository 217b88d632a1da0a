// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import com.typesafe.config.ConfigFactory;
import io.selvedge.cluster.Trimmed;
import io.selvedge.fabric.View;
import io.selvedge.model.Report;
import io.selvedge.node.driver.Commands;
import io.selvedge.node.driver.IpsecBackend;
import io.selvedge.node.driver.cni.CniDriver;
import io.selvedge.node.driver.ip.IpDriver;
import io.selvedge.node.driver.ip.PathRouteDriver;
import io.selvedge.node.driver.nft.NftDriver;
import io.selvedge.node.fabric.FabricActor;
import io.selvedge.node.machine.MachineActor;
import io.selvedge.node.machine.Part;
import io.selvedge.node.machine.Reconciler;
import io.selvedge.node.paths.FpingProber;
import io.selvedge.node.paths.IkeKnocker;
import io.selvedge.node.paths.PathKeeper;
import io.selvedge.node.paths.PathsActor;
import io.selvedge.node.report.ReportsActor;
import io.selvedge.node.status.OperationLedger;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.node.status.StatusSocket;
import io.selvedge.node.store.FolderLock;
import io.selvedge.plan.NodeDefaults;
import io.selvedge.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A running node: the fabric plane, the drivers below it, and the status socket. The cluster plane
 * starts beside it, on cloud nodes with the authority, and may die as it likes. Ending a node ends
 * no tunnel: the IKE daemon and the kernel stay as they are.
 */
public final class Node implements AutoCloseable {
    private final FolderLock lock;
    private final ActorSystem<NodeGuardian.Message> fabric;
    private final StatusSocket status;
    private final ClusterStarter cluster;

    private Node(
            FolderLock lock,
            ActorSystem<NodeGuardian.Message> fabric,
            StatusSocket status,
            ClusterStarter cluster) {
        this.lock = lock;
        this.fabric = fabric;
        this.status = status;
        this.cluster = cluster;
    }

    /**
     * Starts a node and returns at once.
     *
     * @throws IllegalArgumentException when a setting or the enrolment is wrong, saying what to do
     */
    public static Node start(NodeSettings settings) throws IOException {
        var identity = Identity.load(settings.enrolment());
        Files.createDirectories(
                settings.dataDir(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var lock = FolderLock.take(settings.dataDir());
        var board = new StatusBoard();
        var desk = new ReportDesk();
        var ledger = new OperationLedger(desk::operation);
        var cluster = new ClusterStarter(settings, identity, board);
        var family =
                new Assembly(
                        settings,
                        identity,
                        board,
                        ledger,
                        desk,
                        cluster,
                        IkeDaemons.of(settings, identity));
        long started = System.nanoTime();
        var fabric =
                ActorSystem.create(
                        NodeGuardian.create(
                                identity.subject(),
                                settings.defaults(identity.grant().roles()),
                                family),
                        "fabric",
                        Trimmed.of(ConfigFactory.load("fabric")));
        var answers =
                new NodeStatus(
                        identity.grant().name(),
                        board,
                        ledger,
                        () -> Duration.ofNanos(System.nanoTime() - started),
                        cluster::plane);
        var status =
                StatusSocket.open(
                        settings.dataDir().resolve("node.sock"),
                        line -> answer(line, answers, cluster));
        return new Node(lock, fabric, status, cluster);
    }

    private static String answer(String line, NodeStatus status, ClusterStarter cluster) {
        return switch (line) {
            case String asked when asked.startsWith("GET ") -> cluster.ask(asked);
            case "status" -> status.json();
            case "restart-cluster" -> "{\"restarting\":" + cluster.restart() + "}";
            default ->
                    "{\"error\":\"unknown; ask status, restart-cluster or GET /v1/openapi.json\"}";
        };
    }

    /** Waits until the fabric plane has ended. */
    public void awaitEnd() {
        fabric.getWhenTerminated().toCompletableFuture().join();
    }

    @Override
    public void close() throws IOException {
        status.close();
        cluster.close();
        fabric.terminate();
        awaitEnd();
        lock.close();
    }

    /** Makes the actors and what they work with: the one place where adapters are chosen. */
    private record Assembly(
            NodeSettings settings,
            Identity identity,
            StatusBoard board,
            OperationLedger ledger,
            ReportDesk desk,
            ClusterStarter cluster,
            IkeDaemons daemons)
            implements NodeGuardian.Family {
        @Override
        public Behavior<FabricActor.Command> fabric(ActorRef<NodeGuardian.Message> guardian) {
            return FabricActor.create(
                    settings,
                    identity,
                    board,
                    view -> guardian.tell(new NodeGuardian.Believed(view)),
                    desk::refused);
        }

        @Override
        public Behavior<MachineActor.Command> machine(ActorRef<NodeGuardian.Message> guardian) {
            var commands = new Commands(List.of());
            var ip = new IpDriver(commands, NodeDefaults.sysctls());
            var nft = new NftDriver(commands, settings.dataDir());
            var cni = new CniDriver(settings.cniConfDir(), settings.cniIpamDir());
            var parts = new ArrayList<Part<?>>();
            parts.add(new Part<>(ip, Plan::ip));
            parts.add(new Part<>(nft, Plan::filter));
            parts.add(new Part<>(cni, Plan::cni));
            var backends = new ArrayList<IpsecBackend>();
            var relay = daemons.relayBackend();
            parts.add(new Part<>(relay, Plan::relay));
            backends.add(relay);
            var direct = daemons.directBackend();
            if (direct != null) {
                parts.add(new Part<>(direct, Plan::direct));
                backends.add(direct);
            }
            return MachineActor.create(
                    new Reconciler(parts, ledger, InstantSource.system()),
                    settings.reconcile(),
                    board,
                    plan -> guardian.tell(new NodeGuardian.Reached(plan)),
                    look -> backends.forEach(backend -> backend.onReturn(look)));
        }

        @Override
        public Behavior<PathsActor.Command> paths(ActorRef<NodeGuardian.Message> guardian) {
            return PathsActor.create(
                    new PathKeeper.Parts(
                            daemons.relayBackend(),
                            daemons.directBackend(),
                            new PathRouteDriver(new Commands(List.of())),
                            ledger,
                            (plan, observed, paths) ->
                                    guardian.tell(new NodeGuardian.Seen(plan, observed, paths)),
                            FpingProber::new,
                            IkeKnocker::new,
                            () -> guardian.tell(new NodeGuardian.Doubted()),
                            InstantSource.system()),
                    board);
        }

        @Override
        public Behavior<ReportsActor.Command> reports() {
            return desk.behavior(settings, identity, board, cluster.reports());
        }

        @Override
        public void report(List<Report> reports) {
            desk.offer(reports);
        }

        @Override
        public void cluster(View view, ActorRef<NodeGuardian.Message> guardian) {
            cluster.update(view, guardian);
        }
    }
}
