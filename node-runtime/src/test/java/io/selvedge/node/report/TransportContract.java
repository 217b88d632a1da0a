// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every {@link Transport} does while nothing is lost. */
abstract class TransportContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final IpAddress A = IpAddress.parse("127.0.86.1");
    private static final IpAddress B = IpAddress.parse("127.0.86.2");

    private final List<String> heard = new CopyOnWriteArrayList<>();

    abstract Transport.Opener opener();

    @Test
    void carriesDatagramsAndSaysFromWhere() throws IOException {
        try (var a = open(A);
                var b = open(B)) {
            a.send(B, Bytes.ofHex("0102"));
            b.send(A, Bytes.ofHex("03"));
            a.send(A, Bytes.ofHex("04"));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(heard)
                                    .containsExactlyInAnyOrder(
                                            "127.0.86.2 from 127.0.86.1: 0102",
                                            "127.0.86.1 from 127.0.86.2: 03",
                                            "127.0.86.1 from 127.0.86.1: 04"));
        }
    }

    @Test
    void sendingToNobodyIsALoss() throws IOException {
        try (var a = open(A)) {
            a.send(B, Bytes.ofHex("01"));
            a.send(A, Bytes.ofHex("02"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(heard).contains("127.0.86.1 from 127.0.86.1: 02"));
        }
        await("the address is free again")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    open(A).close();
                    return true;
                });
    }

    private Transport open(IpAddress own) throws IOException {
        return opener().open(
                        own,
                        (from, bytes) ->
                                heard.add("%s from %s: %s".formatted(own, from, bytes.hex())));
    }
}
