// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.ConfigFactory;
import io.selvedge.cluster.TlsStores;
import io.selvedge.model.IpAddress;
import io.selvedge.pki.CertificateAuthority;
import io.selvedge.pki.IkeKeys;
import io.selvedge.pki.TlsIdentity;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask over HTTPS, and whom who asks believes. */
class AuthorityApiTest {
    private static final IpAddress SERVER = IpAddress.parse("127.0.77.1");
    private static final IpAddress CLIENT = IpAddress.parse("127.0.77.2");
    private static final Instant TODAY = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir private Path folder;
    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority ca = CertificateAuthority.create("test", TODAY, random);
    private ActorSystem system;

    @BeforeEach
    void start() {
        system =
                ActorSystem.create(
                        "api",
                        ConfigFactory.parseString("akka.loglevel = WARNING")
                                .withFallback(
                                        ConfigFactory.parseResources(
                                                AuthorityApi.class, "api.conf"))
                                .withFallback(ConfigFactory.load()));
    }

    @AfterEach
    void stop() {
        TestKit.shutdownActorSystem(system);
    }

    @Test
    void cloudNodesAreAnswered() throws Exception {
        var uri = serve(tls(ca, "cloud1", SERVER));
        var answer = ask(uri, tls(ca, "cloud2", CLIENT));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).contains("\"low\":\"edge1\"");
    }

    @Test
    void othersOfTheFabricAreRefused() throws Exception {
        var answer = ask(serve(tls(ca, "cloud1", SERVER)), tls(ca, "edge1", CLIENT));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void whoHasNoCertificateOfTheFabricGetsNothing() throws Exception {
        var uri = serve(tls(ca, "cloud1", SERVER));
        var strangers = CertificateAuthority.create("strangers", TODAY, random);
        var stranger = new Insisting(identity(strangers, "cloud2", CLIENT));
        assertThatThrownBy(() -> ask(uri, trusting(ca, stranger))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ask(uri, trusting(ca))).isInstanceOf(IOException.class);
        var own = new Insisting(identity(ca, "cloud2", CLIENT));
        assertThat(ask(uri, trusting(ca, own)).statusCode()).isEqualTo(200);
    }

    @Test
    void aServerThatIsNotTheAddressIsNotBelieved() throws Exception {
        var uri = serve(tls(ca, "cloud1", CLIENT));
        assertThatThrownBy(() -> ask(uri, tls(ca, "cloud2", CLIENT)))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("127.0.77.1");
    }

    @Test
    void nothingIsWritten() throws Exception {
        var uri = serve(tls(ca, "cloud1", SERVER));
        var delete = HttpRequest.newBuilder(uri).DELETE().build();
        assertThat(send(delete, tls(ca, "cloud2", CLIENT)).statusCode()).isEqualTo(405);
    }

    private URI serve(SSLContext tls) {
        var api = new AuditApi(new Story().trail(), InstantSource.fixed(Story.END));
        var binding =
                new AuthorityApi(api, SERVER, 0, tls, AuthorityApiTest::isCloudNode)
                        .bind(system)
                        .toCompletableFuture()
                        .join();
        return URI.create(
                "https://%s:%d/v1/topology".formatted(SERVER, binding.localAddress().getPort()));
    }

    private static boolean isCloudNode(X509Certificate holder) {
        return holder.getSubjectX500Principal().getName().contains("cloud");
    }

    private static HttpResponse<String> ask(URI uri, SSLContext tls) throws Exception {
        return send(HttpRequest.newBuilder(uri).build(), tls);
    }

    private static HttpResponse<String> send(HttpRequest request, SSLContext tls) throws Exception {
        try (var client =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .connectTimeout(Duration.ofSeconds(10))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private SSLContext tls(CertificateAuthority issuer, String name, IpAddress address)
            throws IOException {
        var identity = identity(issuer, name, address);
        return TlsContexts.of(
                TlsStores.write(Files.createTempDirectory(folder, "node"), identity, random));
    }

    private TlsIdentity identity(CertificateAuthority issuer, String name, IpAddress address) {
        var keys = IkeKeys.generate(random);
        var holder = new CertificateAuthority.Holder("test", name, address);
        var certificate = issuer.issue(holder, keys.ikeKey(), TODAY, random);
        return new TlsIdentity(keys.privateKey(), certificate, issuer.certificate());
    }

    private static SSLContext trusting(CertificateAuthority trusted, KeyManager... keys)
            throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", trusted.certificate());
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    /** Shows its certificate, whomever the server wants to see. */
    private static final class Insisting extends X509ExtendedKeyManager {
        private final TlsIdentity identity;

        Insisting(TlsIdentity identity) {
            this.identity = identity;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal[] issuers, SSLEngine engine) {
            return "own";
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {identity.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.privateKey();
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException("it is no server");
        }
    }
}
