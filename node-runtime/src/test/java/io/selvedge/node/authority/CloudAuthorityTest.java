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
import io.selvedge.cluster.Tenant;
import io.selvedge.cluster.TlsStores;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Role;
import io.selvedge.model.Slot;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.node.api.TlsContexts;
import io.selvedge.node.authority.Enrolment.Result.Enrolled;
import io.selvedge.pki.CertificateAuthority;
import io.selvedge.pki.IkeKeys;
import io.selvedge.pki.TlsIdentity;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final IpAddress EDGE = IpAddress.parse("127.0.81.2");
    private static final Duration SOON = Duration.ofMinutes(3);

    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority issuer =
            CertificateAuthority.create("test", Instant.now(), random);
    private final Set<SignedRecord> published = ConcurrentHashMap.newKeySet();
    @TempDir private Path temp;
    private AuthorityFolders folders = new AuthorityFolders(Path.of(""), Path.of(""), Path.of(""));

    private int apiPort;
    private int clusterPort;
    private TlsStores stores = new TlsStores(Path.of(""), Path.of(""), "");

    @BeforeEach
    void makeFolders() throws IOException {
        folders = Folders.ofTheDemo(temp);
        stores = stores(ADDRESS);
        apiPort = freePort();
        clusterPort = freePort();
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
                                .until(() ->
                                        newest(published).keySet().equals(newest(known).keySet())));
        var stood = newest(known);
        published.stream()
                .filter(record -> record.version().compareTo(version(stood, record)) <= 0)
                .forEach(record -> assertThat(known).as("as it was signed then").contains(record));
    }

    private static Version version(Map<Slot, SignedRecord> of, SignedRecord record) {
        return Objects.requireNonNull(of.get(record.slot())).version();
    }

    private static Map<Slot, SignedRecord> newest(Set<SignedRecord> records) {
        var newest = new HashMap<Slot, SignedRecord>();
        records.forEach(record ->
                newest.merge(
                        record.slot(),
                        record,
                        (a, b) -> a.version().compareTo(b.version()) > 0 ? a : b));
        return newest;
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

    @Test
    void answersWhatItDecidedAndWhyOverItsApi() throws Exception {
        var enrolled = (Enrolled) Enrolment.run(folders, journal(), new TreeSet<>());
        run(Set.copyOf(enrolled.published()), _ -> awaitHistory("edge1", "granted"));
    }

    @Test
    void goesOnAndTellsWhatItDecidesWhileOnlyEdgesKeptTheirMembership() throws Exception {
        Enrolment.run(folders, journal(), new TreeSet<>());
        try (var authority = CloudAuthority.open(parts(), held(Set.of()), published::addAll)) {
            var cloud =
                    plane(ADDRESS, ClusterSettings.CLOUD, Role.CLOUD, stores, authority.tenant());
            var edge = plane(EDGE, "plant-a", Role.EDGE, stores(EDGE), Tenant.NONE);
            try {
                cloud.update(List.of(ADDRESS), List.of(EDGE));
                edge.update(List.of(ADDRESS), List.of());
                await().atMost(SOON).until(() -> isUpWith(cloud, 2) && isUpWith(edge, 2));
                awaitHistory("edge1", "granted");
                var life = cloud.uptime();
                cloud.kill();
                await().atMost(SOON)
                        .until(() -> cloud.uptime().compareTo(life) < 0 && isUpWith(cloud, 2));
                Files.delete(folders.intent().resolve("communities.yaml"));
                awaitHistory("line-1", "removed");
            } finally {
                edge.close();
                cloud.close();
                await().atMost(SOON).until(() -> cloud.uptime().isZero() && edge.uptime().isZero());
            }
        }
    }

    private static boolean isUpWith(ClusterPlane plane, int count) {
        return plane.members().stream().filter(member -> member.status().equals("Up")).count()
                == count;
    }

    private void awaitHistory(String name, String event) {
        await("the projections told that %s was %s".formatted(name, event))
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(ask("/v1/history?name=" + name))
                                .contains("\"event\":\"%s\"".formatted(event)));
    }

    /** Over HTTPS, as another cloud node would. */
    private String ask(String target) throws Exception {
        var uri = URI.create("https://%s:%d%s".formatted(ADDRESS, apiPort, target));
        try (var client = HttpClient.newBuilder().sslContext(TlsContexts.of(stores)).build()) {
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return String.valueOf(notYet);
        }
    }

    private interface Act {
        void run(CloudAuthority authority) throws Exception;
    }

    private void run(Set<SignedRecord> fabric, Act act) throws Exception {
        try (var authority = CloudAuthority.open(parts(), held(fabric), published::addAll)) {
            var plane =
                    plane(ADDRESS, ClusterSettings.CLOUD, Role.CLOUD, stores, authority.tenant());
            try {
                plane.update(List.of(ADDRESS), List.of());
                act.run(authority);
            } finally {
                plane.close();
                await().atMost(SOON).until(() -> plane.uptime().isZero());
            }
        }
    }

    private ClusterPlane plane(
            IpAddress address, String dataCenter, Role role, TlsStores own, Tenant tenant) {
        return ClusterPlane.start(
                new ClusterSettings(
                        address, clusterPort, dataCenter, new TreeSet<>(List.of(role)), own),
                ClusterTimings.defaults(),
                () -> true,
                tenant);
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
                new CloudAuthority.Api(ADDRESS, apiPort, stores, _ -> true),
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

    private TlsStores stores(IpAddress address) throws IOException {
        var now = Instant.now();
        var keys = IkeKeys.generate(random);
        var holder = new CertificateAuthority.Holder("test", "node", address);
        var certificate = issuer.issue(holder, keys.ikeKey(), now, random);
        return TlsStores.write(
                Files.createTempDirectory(temp, "stores"),
                new TlsIdentity(keys.privateKey(), certificate, issuer.certificate()),
                random);
    }
}
