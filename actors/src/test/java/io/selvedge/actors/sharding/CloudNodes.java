// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import static org.awaitility.Awaitility.await;

import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalException;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.model.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Cloud nodes on loopback in one JVM, over TLS, with the settings that ship. */
final class CloudNodes implements AutoCloseable {
    static final Bytes SEAL_KEY = Bytes.ofHex("5e".repeat(32));

    private final List<Place> places;
    private final List<CloudNode> nodes = new ArrayList<>();

    CloudNodes(int count, Path folder) throws IOException {
        places = Place.onLoopback("127.0.79.", count, folder);
    }

    /** Starts all of them with a journal, and waits until they are one cluster. */
    List<CloudNode> start(JournalSettings settings, List<Kind<?>> kinds) throws Exception {
        for (var place : places) {
            var journal = Journal.open(settings, place.claim());
            nodes.add(new CloudNode(place, journal, new Sharding(journal, kinds, SEAL_KEY)));
        }
        nodes.forEach(node ->
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> node.up().size() == places.size()));
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
}
