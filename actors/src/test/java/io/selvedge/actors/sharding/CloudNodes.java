// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import static org.awaitility.Awaitility.await;

import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.actor.ExtendedActorSystem;
import akka.remote.RemoteActorRefProvider;
import akka.remote.testkit.Blackhole$;
import akka.remote.testkit.Direction;
import akka.remote.testkit.SetThrottle;
import akka.remote.testkit.ThrottleMode;
import akka.remote.testkit.Unthrottled$;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.persistence.Claim;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalException;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.cluster.ClusterPlane;
import io.selvedge.cluster.ClusterSettings;
import io.selvedge.cluster.ClusterTimings;
import io.selvedge.cluster.Tenant;
import io.selvedge.cluster.TlsStores;
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
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Cloud nodes on loopback in one JVM, over TLS, with the settings that ship. */
public final class CloudNodes implements AutoCloseable {
    private static final Instant TODAY = Instant.parse("2026-11-22T12:00:00Z");

    private final CertificateAuthority authority;
    private final SecureRandom random = new SecureRandom();
    private final int port;
    private final Path folder;
    private final List<IpAddress> addresses;
    private final List<CloudNode> nodes = new ArrayList<>();

    public CloudNodes(int count, Path folder) throws IOException {
        this.folder = folder;
        this.authority = CertificateAuthority.create("test", TODAY, random);
        this.addresses =
                IntStream.rangeClosed(1, count)
                        .mapToObj(number -> IpAddress.parse("127.0.79." + number))
                        .toList();
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.79.1"))) {
            port = socket.getLocalPort();
        }
    }

    /** Starts all of them with a journal, and waits until they are one cluster. */
    List<CloudNode> start(JournalSettings settings, List<Kind<?>> kinds) throws Exception {
        return start(settings, journal -> new Sharding(journal, kinds));
    }

    /** The same, with entities that know more than their kind. */
    public List<CloudNode> start(JournalSettings settings, Function<Journal, Sharding> entities)
            throws Exception {
        var names = new TreeSet<>(addresses.stream().map(IpAddress::toString).toList());
        for (var address : addresses) {
            var claim = new Claim("fabric-1", address.toString(), names);
            var journal = Journal.open(settings, claim);
            nodes.add(new CloudNode(address, journal, entities.apply(journal)));
        }
        nodes.forEach(node ->
                await().atMost(Duration.ofSeconds(60))
                        .until(() ->
                                node.plane.members().stream()
                                                .filter(member -> member.status().equals("Up"))
                                                .count()
                                        == addresses.size()));
        return List.copyOf(nodes);
    }

    @Override
    public void close() throws JournalException {
        nodes.forEach(node -> node.plane.close());
        for (var node : nodes) {
            await().atMost(Duration.ofSeconds(30)).until(() -> node.plane.uptime().isZero());
            node.journal.close();
        }
    }

    private TlsStores stores(IpAddress address) throws IOException {
        var keys = IkeKeys.generate(random);
        var holder = new CertificateAuthority.Holder("test", address.toString(), address);
        var certificate = authority.issue(holder, keys.ikeKey(), TODAY, random);
        var identity = new TlsIdentity(keys.privateKey(), certificate, authority.certificate());
        return TlsStores.write(Files.createTempDirectory(folder, "node"), identity, random);
    }

    /** One of them. */
    public final class CloudNode {
        public final IpAddress address;
        public final Journal journal;
        public final Sharding sharding;
        public final ClusterPlane plane;
        private volatile @Nullable ActorSystem system;
        private volatile boolean isCut;

        private CloudNode(IpAddress address, Journal journal, Sharding sharding)
                throws IOException {
            this.address = address;
            this.journal = journal;
            this.sharding = sharding;
            var settings =
                    new ClusterSettings(
                            address,
                            port,
                            ClusterSettings.CLOUD,
                            new TreeSet<>(List.of(Role.CLOUD)),
                            stores(address));
            this.plane =
                    ClusterPlane.start(
                            settings, ClusterTimings.defaults(), () -> true, new Watched());
            plane.update(addresses, List.of());
        }

        public ActorSystem system() {
            var current = system;
            if (current == null) {
                throw new IllegalStateException(address + " has not started");
            }
            return current;
        }

        /**
         * Cuts this node's cluster plane off from all others, both ways, also when it starts anew.
         */
        public void cut() {
            isCut = true;
            addresses.forEach(other -> throttle(other, Blackhole$.MODULE$));
        }

        public void heal() {
            isCut = false;
            addresses.forEach(other -> throttle(other, Unthrottled$.MODULE$));
        }

        private void throttle(IpAddress other, ThrottleMode mode) {
            var peer = new Address("akka", ClusterPlane.SYSTEM, other.toString(), port);
            if (system() instanceof ExtendedActorSystem extended
                    && extended.provider() instanceof RemoteActorRefProvider remote
                    && !other.equals(address)) {
                var command = new SetThrottle(peer, Direction.Both$.MODULE$, mode);
                var _ = remote.transport().managementCommand(command);
            }
        }

        /** The sharding that ships, in a system whose wires can be cut. */
        private final class Watched implements Tenant {
            @Override
            public Config settings() {
                return ConfigFactory.parseString("akka.remote.artery.advanced.test-mode = on")
                        .withFallback(sharding.settings());
            }

            @Override
            public void moveIn(ActorSystem started) {
                system = started;
                if (isCut) {
                    cut();
                }
                sharding.moveIn(started);
            }

            @Override
            public boolean mayForm() {
                return sharding.mayForm();
            }
        }
    }
}
