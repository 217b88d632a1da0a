// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.failover;

import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalException;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.sharding.CloudNode;
import io.selvedge.actors.sharding.Place;
import io.selvedge.actors.shell.ShardedEntities;
import io.selvedge.cluster.TlsStores;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.model.IpAddress;
import io.selvedge.pki.RecordKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One cloud node with its clients, in a process of its own. Says {@link Word}s to standard output;
 * hears {@link Order}s by standard input, and ends with it.
 */
final class CloudMain {
    /** What it may be told. */
    enum Order {
        LOAD,
        REST,
        CUT,
        HEAL
    }

    static final String FABRIC = "beijing";

    /** Beside a place's stores. */
    static final String KEY = "authority.key";

    /** For words alone: what others print goes to standard error. */
    private static final PrintStream WORDS = System.out;

    private static final Duration BETWEEN_STATES = Duration.ofMillis(250);

    private CloudMain() {}

    /** Arguments: folder, own address, port, journal, password file, then all addresses. */
    public static void main(String[] arguments) throws Exception {
        System.setOut(System.err);
        var folder = Path.of(arguments[0]);
        var all = Arrays.stream(arguments).skip(5).map(IpAddress::parse).toList();
        var place =
                new Place(
                        IpAddress.parse(arguments[1]),
                        all,
                        Integer.parseInt(arguments[2]),
                        TlsStores.in(folder));
        var journal = open(JournalSettings.parse(arguments[3], arguments[4], folder), place);
        var keys = RecordKeys.fromPem(Files.readString(folder.resolve(KEY)));
        var entities =
                new ShardedEntities(
                        journal,
                        new Cores(FABRIC, new RecordSigner(keys.privateKey(), keys.recordKey())),
                        records ->
                                records.stream().map(Word.Published::of).forEach(CloudMain::say));
        var node = new CloudNode(place, journal, entities.sharding());
        var _ =
                Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().daemon().name("state").factory())
                        .scheduleWithFixedDelay(
                                () -> say(new Word.State(node.up(), ownsTheCluster(node))),
                                0,
                                BETWEEN_STATES.toMillis(),
                                TimeUnit.MILLISECONDS);
        obey(node, new Clients(entities, place.address().toString(), CloudMain::say));
        Runtime.getRuntime().halt(0);
    }

    /** Tries again until it can, as a cloud node does. */
    private static Journal open(JournalSettings settings, Place place) {
        while (true) {
            try {
                return Journal.open(settings, place.claim());
            } catch (JournalException notYet) {
                System.out.println(place.address() + ": " + notYet.getMessage());
            }
        }
    }

    private static void obey(CloudNode node, Clients clients) throws IOException {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (Order.valueOf(order)) {
                case LOAD -> clients.start();
                case REST -> clients.rest();
                case CUT -> node.cut();
                case HEAL -> node.heal();
            }
        }
    }

    private static void say(Word word) {
        WORDS.println(word.line());
    }

    private static boolean ownsTheCluster(CloudNode node) {
        try {
            return node.system()
                    .actorSelection("/system/sharding/Cluster/*/" + FABRIC)
                    .resolveOne(Duration.ofSeconds(1))
                    .toCompletableFuture()
                    .get(1, TimeUnit.SECONDS)
                    .path()
                    .address()
                    .hasLocalScope();
        } catch (ExecutionException | TimeoutException | IllegalStateException elsewhere) {
            return false;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
