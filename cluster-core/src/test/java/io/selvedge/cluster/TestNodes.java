// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

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
import java.util.function.BooleanSupplier;

/** Cluster planes on loopback addresses inside one JVM, all on one port of their own. */
final class TestNodes implements AutoCloseable {
    static final IpAddress CLOUD1 = IpAddress.parse("127.0.77.10");
    static final IpAddress EDGE1 = IpAddress.parse("127.0.77.11");
    static final IpAddress EDGE2 = IpAddress.parse("127.0.77.12");
    static final IpAddress EDGE3 = IpAddress.parse("127.0.77.13");
    static final ClusterTimings TIMINGS =
            new ClusterTimings(
                    Duration.ofMillis(200),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    16);

    private static final SecureRandom RANDOM = new SecureRandom();

    final CertificateAuthority authority = newAuthority();
    final int port = freePort();
    private final Path folder;
    private final List<ClusterPlane> planes = new ArrayList<>();

    TestNodes(Path folder) {
        this.folder = folder;
    }

    static CertificateAuthority newAuthority() {
        return CertificateAuthority.create("test", Instant.parse("2026-11-22T12:00:00Z"), RANDOM);
    }

    ClusterSettings cloud(IpAddress address) throws IOException {
        return settings(address, ClusterSettings.CLOUD, Role.CLOUD, stores(authority, address));
    }

    ClusterSettings edge(IpAddress address, String site) throws IOException {
        return edge(address, site, stores(authority, address));
    }

    ClusterSettings edge(IpAddress address, String site, TlsStores stores) {
        return settings(address, site, Role.EDGE, stores);
    }

    TlsStores stores(CertificateAuthority by, IpAddress inCertificate) throws IOException {
        var keys = IkeKeys.generate(RANDOM);
        var holder = new CertificateAuthority.Holder("test", "node", inCertificate);
        var certificate =
                by.issue(holder, keys.ikeKey(), Instant.parse("2026-11-22T12:00:00Z"), RANDOM);
        var identity = new TlsIdentity(keys.privateKey(), certificate, by.certificate());
        return TlsStores.write(Files.createTempDirectory(folder, "node"), identity, RANDOM);
    }

    ClusterPlane start(ClusterSettings settings) {
        return start(settings, () -> true);
    }

    ClusterPlane start(ClusterSettings settings, BooleanSupplier cloudAnswers) {
        var plane = ClusterPlane.start(settings, TIMINGS, cloudAnswers);
        planes.add(plane);
        return plane;
    }

    /**
     * {@code address status} of each member that the plane sees, an unreachable one in brackets.
     */
    static List<String> seenBy(ClusterPlane plane) {
        return plane.members().stream()
                .map(member -> {
                    var host = member.address().substring(0, member.address().indexOf(':'));
                    var text = host + " " + member.status();
                    return member.reachable() ? text : "(" + text + ")";
                })
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        planes.forEach(ClusterPlane::close);
    }

    private ClusterSettings settings(
            IpAddress address, String dataCenter, Role role, TlsStores stores) {
        return new ClusterSettings(address, port, dataCenter, new TreeSet<>(List.of(role)), stores);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.77.1"))) {
            return socket.getLocalPort();
        } catch (IOException noLoopback) {
            throw new IllegalStateException(noLoopback);
        }
    }
}
