// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.selvedge.cluster.ClusterPlane;
import io.selvedge.cluster.ClusterSettings;
import io.selvedge.cluster.ClusterTimings;
import io.selvedge.cluster.TlsStores;
import io.selvedge.cluster.Trimmed;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Role;
import io.selvedge.pki.CertificateAuthority;
import io.selvedge.pki.IkeKeys;
import io.selvedge.pki.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code selvedge train}: does on loopback what a node does at its start, and ends. The build runs
 * it to record the classes of a node in an archive that nodes then map instead of loading.
 */
@Command(name = "train", hidden = true, description = "Records the class archive of a build.")
final class TrainCommand implements Callable<Integer> {
    private static final IpAddress CLOUD = IpAddress.parse("127.0.78.1");
    private static final IpAddress EDGE = IpAddress.parse("127.0.78.2");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(names = "--folder", required = true, description = "where keys may be written")
    private Path folder = Path.of("");

    private final SecureRandom random = new SecureRandom();
    private final Instant now = Instant.now();
    private final CertificateAuthority authority =
            CertificateAuthority.create("train", now, random);

    @Override
    public Integer call() throws IOException {
        int port = freePort();
        var started = Instant.now();
        var config = Trimmed.of(ConfigFactory.load("fabric"));
        var fabric = ActorSystem.create(Behaviors.<Void>empty(), "fabric", config);
        try (var cloud = start(CLOUD, port, ClusterSettings.CLOUD, Role.CLOUD);
                var edge = start(EDGE, port, "site", Role.EDGE)) {
            await(cloud);
            await(edge);
            System.out.printf(
                    "up after %d ms%n", Duration.between(started, Instant.now()).toMillis());
        } finally {
            fabric.terminate();
        }
        return 0;
    }

    private ClusterPlane start(IpAddress address, int port, String dataCenter, Role role)
            throws IOException {
        var keys = IkeKeys.generate(random);
        var holder = new CertificateAuthority.Holder("train", role.toString(), address);
        var certificate = authority.issue(holder, keys.ikeKey(), now, random);
        var identity = new TlsIdentity(keys.privateKey(), certificate, authority.certificate());
        var stores = TlsStores.write(Files.createTempDirectory(folder, "train"), identity, random);
        var roles = new TreeSet<>(List.of(role));
        var settings = new ClusterSettings(address, port, dataCenter, roles, stores);
        var plane = ClusterPlane.start(settings, ClusterTimings.defaults(), () -> true);
        plane.update(List.of(CLOUD), List.of());
        return plane;
    }

    private static void await(ClusterPlane plane) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (plane.members().stream().filter(member -> member.status().equals("Up")).count()
                < 2) {
            if (System.nanoTime() > deadline) {
                throw new IOException("two nodes on loopback did not find each other");
            }
            // A poll: membership has no signal to wait for.
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.78.1"))) {
            return socket.getLocalPort();
        }
    }
}
