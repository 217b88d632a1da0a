// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.cluster.TlsStores;
import io.selvedge.lab.LabSession;
import io.selvedge.node.api.TlsContexts;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Asks the authority: over the socket of the cloud node that one is on, or over HTTPS. */
final class AuthorityClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
            names = "--socket",
            paramLabel = "FILE",
            defaultValue = "${env:SELVEDGE_SOCKET}",
            description =
                    "node.sock in the data-dir of a cloud node of this machine (or set SELVEDGE_SOCKET).")
    private @Nullable Path socket;

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "The API of any cloud node, https://address:port; needs --enrolment.")
    private @Nullable URI api;

    @Option(
            names = "--enrolment",
            paramLabel = "FOLDER",
            description = "Where the certificate lies with which to ask.")
    private @Nullable Path enrolment;

    @Option(
            names = "--lab",
            paramLabel = "NAME",
            description = "The lab of this name; 'lab' when it is up and nobody else is named.")
    private @Nullable String lab;

    /** The answer as an object; an {@link IOException} says why there is none. */
    Map<?, ?> get(String path, Map<String, String> parameters) throws IOException {
        var query =
                parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encode(each.getValue()))
                        .collect(Collectors.joining("&"));
        var target = query.isEmpty() ? path : path + "?" + query;
        if (api != null && enrolment != null) {
            return overHttps(api, enrolment, target);
        }
        if (api != null || enrolment != null) {
            throw new IOException("--api and --enrolment go together: add the other one");
        }
        return overSocket(socket(), target);
    }

    private Path socket() throws IOException {
        if (lab != null) {
            return LabSession.authoritySocket(lab)
                    .orElseThrow(() -> new IOException("no lab '%s' is up".formatted(lab)));
        }
        if (socket != null) {
            return socket;
        }
        return LabSession.authoritySocket("lab")
                .orElseThrow(() ->
                        new IOException(
                                "say whom to ask: --socket FILE, --lab NAME, or --api URL with"
                                        + " --enrolment FOLDER"));
    }

    private static Map<?, ?> overSocket(Path socket, String target) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            for (var line = StandardCharsets.UTF_8.encode("GET " + target + "\n");
                    line.hasRemaining(); ) {
                channel.write(line);
            }
            var answer = JSON.std.mapFrom(Channels.newInputStream(channel).readAllBytes());
            if (answer.get("status") instanceof Integer status
                    && answer.get("body") instanceof Map<?, ?> body) {
                return checked(status, body);
            }
            throw new IOException(
                    "%s is not of a cloud node that holds the authority".formatted(socket));
        } catch (SocketException unreachable) {
            throw new IOException(
                    "nobody answers on %s: is the node running, and are you root? (%s)"
                            .formatted(socket, unreachable.getMessage()),
                    unreachable);
        }
    }

    private static Map<?, ?> overHttps(URI api, Path enrolment, String target) throws IOException {
        if (!"https".equals(api.getScheme())) {
            throw new IOException("--api is " + api + ", but the API speaks https alone");
        }
        var request = HttpRequest.newBuilder(api.resolve(target)).timeout(PATIENCE).build();
        try (var client =
                HttpClient.newBuilder()
                        .sslContext(TlsContexts.of(TlsStores.in(enrolment)))
                        .connectTimeout(PATIENCE)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return checked(answer.statusCode(), JSON.std.mapFrom(answer.body()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static Map<?, ?> checked(int status, Map<?, ?> body) throws IOException {
        if (status != 200) {
            throw new IOException(String.valueOf(body.get("problem")));
        }
        return body;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
