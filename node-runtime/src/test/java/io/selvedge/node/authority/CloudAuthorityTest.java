// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.cluster.ClusterPlane;
import io.selvedge.cluster.ClusterSettings;
import io.selvedge.cluster.ClusterTimings;
import io.selvedge.cluster.TlsStores;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Role;
import io.selvedge.model.Subject;
import io.selvedge.node.authority.Enrolment.Result.Enrolled;
import io.selvedge.pki.CertificateAuthority;
import io.selvedge.pki.IkeKeys;
import io.selvedge.pki.TlsIdentity;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One cloud node with the demo's folders, an H2 file and a real cluster plane on loopback. */
class CloudAuthorityTest {
    private static final IpAddress ADDRESS = IpAddress.parse("127.0.81.1");
    private static final Duration SOON = Duration.ofSeconds(60);

    private final SecureRandom random = new SecureRandom();
    private final Set<SignedRecord> published = ConcurrentHashMap.newKeySet();
    @TempDir private Path temp;
    private AuthorityFolders folders = new AuthorityFolders(Path.of(""), Path.of(""), Path.of(""));

    @BeforeEach
    void makeFolders() throws IOException {
        folders = Folders.ofTheDemo(temp);
        Files.setPosixFilePermissions(folders.key(), PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void publishesWhatWasEnrolledVerbatimAndThenWhatIsNew() throws Exception {
        var enrolled = (Enrolled) Enrolment.run(folders, journal(), new TreeSet<>());
        var before = Set.copyOf(enrolled.published());

        run(
                before,
                _ -> {
                    await("what was decided at enrolment, as it was signed then")
                            .atMost(SOON)
                            .until(() -> published.containsAll(before));
                    assertThat(published).isEqualTo(before);
                    Files.delete(folders.intent().resolve("communities.yaml"));
                    await("the Communities are removed")
                            .atMost(SOON)
                            .until(() -> published.size() > before.size());
                });
        var known = new HashSet<>(published);
        published.clear();
        run(
                known,
                _ ->
                        await("after a restart all that stands")
                                .atMost(SOON)
                                .until(() -> known.containsAll(published) && !published.isEmpty()));
    }

    @Test
    void takesWhatNodesReportOnceTheClusterPlaneStands() throws Exception {
        var hello = new ReportMessage.Hello(7, 0);
        var edge = new Subject("beijing", "edge1");
        run(
                Set.of(),
                authority -> {
                    await("an epoch is opened")
                            .atMost(SOON)
                            .ignoreException(CompletionException.class)
                            .until(() ->
                                    authority
                                            .reports()
                                            .hand(edge, hello)
                                            .toCompletableFuture()
                                            .join()
                                            .equals(new Receipt.Opened(1, 0, true)));
                });
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        Files.setPosixFilePermissions(folders.key(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> CloudAuthority.open(parts(), held(Set.of()), _ -> {}))
                .hasMessageContaining("chmod 600");
    }

    private interface Act {
        void run(CloudAuthority authority) throws Exception;
    }

    private void run(Set<SignedRecord> fabric, Act act) throws Exception {
        try (var authority = CloudAuthority.open(parts(), held(fabric), published::addAll)) {
            var plane =
                    ClusterPlane.start(
                            new ClusterSettings(
                                    ADDRESS,
                                    freePort(),
                                    ClusterSettings.CLOUD,
                                    new TreeSet<>(List.of(Role.CLOUD)),
                                    stores()),
                            ClusterTimings.defaults(),
                            () -> true,
                            authority.tenant());
            try {
                plane.update(List.of(ADDRESS), List.of());
                act.run(authority);
            } finally {
                plane.close();
                await().atMost(SOON).until(() -> plane.uptime().isZero());
            }
        }
    }

    private Held held(Set<SignedRecord> fabric) {
        return _ -> CompletableFuture.completedFuture(List.copyOf(fabric));
    }

    private CloudAuthority.Parts parts() {
        return new CloudAuthority.Parts(
                "beijing",
                "cloud1",
                new TreeSet<>(List.of("cloud1")),
                folders.key(),
                journal(),
                folders);
    }

    private JournalSettings journal() {
        return JournalSettings.parse("h2", "", folders.state());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(ADDRESS.toString()))) {
            return socket.getLocalPort();
        }
    }

    private TlsStores stores() throws IOException {
        var now = Instant.now();
        var issuer = CertificateAuthority.create("test", now, random);
        var keys = IkeKeys.generate(random);
        var holder = new CertificateAuthority.Holder("test", "cloud1", ADDRESS);
        var certificate = issuer.issue(holder, keys.ikeKey(), now, random);
        return TlsStores.write(
                Files.createTempDirectory(temp, "stores"),
                new TlsIdentity(keys.privateKey(), certificate, issuer.certificate()),
                random);
    }
}
