// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import akka.actor.typed.ActorRef;
import io.selvedge.cluster.ClusterPlane;
import io.selvedge.cluster.ClusterSettings;
import io.selvedge.cluster.ClusterTimings;
import io.selvedge.cluster.Tenant;
import io.selvedge.cluster.TlsStores;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Role;
import io.selvedge.model.Subject;
import io.selvedge.node.authority.AuthorityFolders;
import io.selvedge.node.authority.CloudAuthority;
import io.selvedge.node.report.ReportSink;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.pki.IkeKeys;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the cluster plane once the node has its fabric address, and tells it whom the records
 * name; on a cloud node the authority lives there, so it starts when the journal can be opened.
 * Whatever becomes of it, the fabric plane goes on.
 */
final class ClusterStarter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterStarter.class);
    private static final Duration BACKOFF_MIN = Duration.ofSeconds(1);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

    /** What entities persist while the node ends still reaches the journal. */
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final NodeSettings settings;
    private final Identity identity;
    private final StatusBoard board;
    private volatile @Nullable ClusterPlane plane;
    private @Nullable View latest;
    private @Nullable Thread opening;
    private volatile @Nullable CloudAuthority authority;
    private boolean closed;

    ClusterStarter(NodeSettings settings, Identity identity, StatusBoard board) {
        this.settings = settings;
        this.identity = identity;
        this.board = board;
    }

    /** The plane, or null before it has started. */
    @Nullable ClusterPlane plane() {
        return plane;
    }

    /** Where nodes' reports go, as soon as the journal is open; null where no authority lives. */
    @Nullable ReportSink reports() {
        return identity.grant().roles().contains(Role.CLOUD) ? this::hand : null;
    }

    private CompletionStage<Receipt> hand(Subject node, ReportMessage.FromNode message) {
        var open = authority;
        return open == null
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("the authority's journal is not open yet"))
                : open.reports().hand(node, message);
    }

    /** Never waits for a journal. */
    synchronized void update(View view, ActorRef<NodeGuardian.Message> guardian) {
        latest = view;
        var running = plane;
        if (running != null) {
            tell(running, view);
        } else if (!identity.grant().roles().contains(Role.CLOUD)) {
            start(Tenant.NONE);
        } else if (opening == null) {
            opening = Thread.ofVirtual().name("authority").start(() -> open(guardian));
        }
    }

    private static void tell(ClusterPlane running, View view) {
        var cloud = new ArrayList<IpAddress>();
        var known = new ArrayList<IpAddress>();
        view.grants()
                .values()
                .forEach(grant ->
                        (grant.says().isEdge() ? known : cloud).add(grant.says().fabricAddress()));
        running.update(cloud, known);
    }

    /** Tries until the journal is open. */
    private void open(ActorRef<NodeGuardian.Message> guardian) {
        var backoff = BACKOFF_MIN;
        var said = "";
        while (!Thread.currentThread().isInterrupted()) {
            try {
                begin(
                        CloudAuthority.open(
                                parts(),
                                writer -> {
                                    var answer = new CompletableFuture<List<SignedRecord>>();
                                    guardian.tell(new NodeGuardian.Give(writer, answer));
                                    return answer;
                                },
                                records -> guardian.tell(new NodeGuardian.Published(records))));
                return;
            } catch (IOException | RuntimeException refused) {
                var why = String.valueOf(refused.getMessage());
                if (!why.equals(said)) {
                    LOG.error("no authority and no cluster plane on this node yet: {}", why);
                    said = why;
                }
                LockSupport.parkNanos(backoff.toNanos());
                var doubled = backoff.multipliedBy(2);
                backoff = doubled.compareTo(BACKOFF_MAX) < 0 ? doubled : BACKOFF_MAX;
            }
        }
    }

    private synchronized CloudAuthority.Parts parts() throws IOException {
        var own = identity.grant();
        var names = new TreeSet<>(List.of(own.name()));
        if (latest != null) {
            latest.grants().values().stream()
                    .map(grant -> grant.says())
                    .filter(grant -> grant.roles().contains(Role.CLOUD))
                    .forEach(grant -> names.add(grant.name()));
        }
        var intent = settings.intent();
        return new CloudAuthority.Parts(
                identity.subject().cluster(),
                own.name(),
                names,
                settings.authorityKey(),
                settings.journal(),
                new CloudAuthority.Api(
                        own.fabricAddress(),
                        settings.apiPort(),
                        TlsStores.in(settings.enrolment()),
                        this::mayAsk),
                intent == null
                        ? null
                        : new AuthorityFolders(
                                intent.folder(), intent.registrations(), intent.state()));
    }

    /** Whom the records name a cloud node now: a certificate alone outlives a removal. */
    private synchronized boolean mayAsk(X509Certificate holder) {
        var key = IkeKeys.ikeKey(holder.getPublicKey());
        return latest != null
                && latest.grants().values().stream()
                        .map(grant -> grant.says())
                        .anyMatch(grant ->
                                grant.roles().contains(Role.CLOUD) && grant.ikeKey().equals(key));
    }

    private synchronized void begin(CloudAuthority opened) {
        if (closed) {
            opened.close();
        } else {
            authority = opened;
            start(opened.tenant());
        }
    }

    private void start(Tenant tenant) {
        try {
            var stores = TlsStores.in(settings.enrolment());
            var started =
                    ClusterPlane.start(
                            ClusterSettings.of(identity.grant(), settings.clusterPort(), stores),
                            ClusterTimings.defaults(),
                            () -> board.fabric().cloudHeard(),
                            tenant);
            plane = started;
            if (latest != null) {
                tell(started, latest);
            }
        } catch (IOException unreadable) {
            LOG.atError().setCause(unreadable).log("no cluster plane: enrol the node again");
        }
    }

    /** Answers a line about what the authority decided. */
    String ask(String line) {
        var open = authority;
        return open == null
                ? "{\"error\":\"this node holds no authority, or cannot open its journal yet: see its log\"}"
                : open.answer(line);
    }

    /** Ends the cluster plane's actor system, which starts anew; false before it has started. */
    boolean restart() {
        var running = plane;
        if (running != null) {
            running.kill();
        }
        return running != null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        var running = plane;
        if (running != null) {
            running.close();
        }
        if (opening != null) {
            opening.interrupt();
        }
        var open = authority;
        if (open != null) {
            long until = System.nanoTime() + END_WITHIN.toNanos();
            while (running != null && !running.uptime().isZero() && System.nanoTime() - until < 0) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            open.close();
        }
    }
}
