// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.api;

import akka.actor.ActorSystem;
import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.Http;
import akka.http.javadsl.HttpsConnectionContext;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.TlsSessionInfo;
import akka.japi.function.Function;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.selvedge.cluster.Tenant;
import io.selvedge.model.IpAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API over HTTPS on a cloud node's fabric address: both ends prove by a certificate of the
 * fabric's CA who they are. A tenant of the cluster plane; ends with its actor system.
 */
public final class AuthorityApi implements Tenant {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorityApi.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** Each question has a thread of its own, which may wait for the database. */
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("authority-api").start(task);

    private final AuditApi api;
    private final IpAddress address;
    private final int port;
    private final SSLContext tls;
    private final Predicate<X509Certificate> mayAsk;

    /**
     * @param tls with this node's certificate, trusting the fabric's CA alone
     * @param mayAsk whether the holder of such a certificate may know all; called on many threads
     */
    public AuthorityApi(
            AuditApi api,
            IpAddress address,
            int port,
            SSLContext tls,
            Predicate<X509Certificate> mayAsk) {
        this.api = api;
        this.address = address;
        this.port = port;
        this.tls = tls;
        this.mayAsk = mayAsk;
    }

    @Override
    public Config settings() {
        return ConfigFactory.parseResources(AuthorityApi.class, "api.conf");
    }

    @Override
    public void moveIn(ActorSystem system) {
        bind(system)
                .whenComplete((binding, failed) -> {
                    if (failed != null) {
                        LOG.error(
                                "no authority API on {} port {} yet: {}",
                                address,
                                port,
                                failed.getMessage());
                        var _ =
                                system.scheduler()
                                        .scheduleOnce(
                                                AGAIN, () -> moveIn(system), system.dispatcher());
                    }
                });
    }

    CompletionStage<ServerBinding> bind(ActorSystem system) {
        return Http.get(system)
                .newServerAt(address.toString(), port)
                .enableHttps(mutual())
                .bind(
                        (Function<HttpRequest, CompletionStage<HttpResponse>>)
                                request -> {
                                    var _ = request.discardEntityBytes(system);
                                    return CompletableFuture.supplyAsync(
                                            () -> response(request), THREADS);
                                })
                .thenApply(binding -> binding.addToCoordinatedShutdown(LAST_WORDS, system));
    }

    private HttpsConnectionContext mutual() {
        return ConnectionContext.httpsServer(() -> {
            var engine = tls.createSSLEngine();
            engine.setUseClientMode(false);
            engine.setNeedClientAuth(true);
            return engine;
        });
    }

    private HttpResponse response(HttpRequest request) {
        var answer =
                !isAllowed(request)
                        ? Answer.problem(
                                Answer.FORBIDDEN,
                                "only cloud nodes may ask: use the enrolment of one")
                        : !request.method().equals(HttpMethods.GET)
                                ? Answer.problem(Answer.NOT_ALLOWED, "this API only reads: GET")
                                : api.get(target(request));
        return HttpResponse.create()
                .withStatus(answer.status())
                .withEntity(ContentTypes.APPLICATION_JSON, ApiJson.text(answer.body()));
    }

    private boolean isAllowed(HttpRequest request) {
        return request.getHeader(TlsSessionInfo.class)
                .map(TlsSessionInfo::getSession)
                .map(session -> {
                    try {
                        return session.getPeerCertificates()[0] instanceof X509Certificate holder
                                && mayAsk.test(holder);
                    } catch (SSLPeerUnverifiedException unproven) {
                        return false;
                    }
                })
                .orElse(false);
    }

    private static String target(HttpRequest request) {
        var uri = request.getUri();
        return uri.path() + uri.rawQueryString().map(query -> "?" + query).orElse("");
    }
}
