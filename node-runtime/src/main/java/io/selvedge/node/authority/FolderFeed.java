// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.shell.Entities;
import io.selvedge.actors.shell.Feed;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Intent;
import io.selvedge.node.intent.FolderIntentSource;
import io.selvedge.node.intent.FolderWatch;
import io.selvedge.node.intent.IntentReading;
import io.selvedge.node.intent.IntentSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the entities what the folders of manifests and registrations want: whenever these change,
 * and every minute, so that what was lost on the way is said again. Before, it reads back what the
 * fabric holds of the authority's. A thread of its own does it, and may wait as long as it likes.
 */
final class FolderFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderFeed.class);
    private static final Duration BEAT = Duration.ofMinutes(1);
    private static final Duration BACKOFF_MIN = Duration.ofSeconds(1);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(15);
    private static final Duration SETTLED = Duration.ofMinutes(10);
    private static final Duration READ_BACK = Duration.ofHours(1);
    private static final Duration HELD_WITHIN = Duration.ofSeconds(10);

    private final Cores cores;
    private final Feed feed;
    private final Held held;
    private final IntentSource source;
    private final RegistrationsFolder registrations;
    private final Semaphore news = new Semaphore(0);
    private final Set<SignedRecord> found = new HashSet<>();
    private volatile @Nullable Intent intent;
    private volatile RegistrationsFolder.@Nullable Reading keys;
    private @Nullable FolderWatch watch;
    private @Nullable Thread thread;
    private final long started = System.nanoTime();
    private @Nullable Long readBack;
    private SortedSet<String> said = new TreeSet<>();

    private FolderFeed(AuthorityFolders folders, Cores cores, Entities entities, Held held) {
        this.cores = cores;
        this.feed = new Feed(entities, cores.cluster(), new SecureRandom());
        this.held = held;
        this.source = new FolderIntentSource(folders.intent());
        this.registrations = new RegistrationsFolder(folders.registrations());
    }

    static FolderFeed start(AuthorityFolders folders, Cores cores, Entities entities, Held held) {
        var feed = new FolderFeed(folders, cores, entities, held);
        feed.watch =
                feed.registrations.watch(reading -> {
                    feed.keys = reading;
                    feed.news.release();
                });
        feed.source.start(feed::hear);
        feed.thread = Thread.ofVirtual().name("folder-feed").start(feed::run);
        return feed;
    }

    @Override
    public void close() {
        source.close();
        if (watch != null) {
            watch.close();
        }
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void hear(IntentReading reading) {
        switch (reading) {
            case IntentReading.Loaded(var loaded) -> {
                intent = loaded;
                news.release();
            }
            case IntentReading.Refused(var errors) ->
                    errors.forEach(error ->
                            LOG.atError()
                                    .addKeyValue("error", error)
                                    .log("manifest refused, the last good intent stays"));
            case IntentReading.Unreadable(var reason) ->
                    LOG.atWarn()
                            .addKeyValue("reason", reason)
                            .log("intent unreadable, the last good intent stays");
        }
    }

    private void run() {
        var wait = Duration.ZERO;
        var backoff = BACKOFF_MIN;
        try {
            while (true) {
                var _ = news.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
                try {
                    feed();
                    wait = BEAT;
                    backoff = BACKOFF_MIN;
                } catch (Feed.Unanswered
                        | TimeoutException
                        | ExecutionException
                        | IOException
                        | RuntimeException e) {
                    LOG.atInfo()
                            .addKeyValue("retryIn", backoff)
                            .log("the authority does not answer yet: {}", e.getMessage());
                    wait = backoff;
                    var doubled = backoff.multipliedBy(2);
                    backoff = doubled.compareTo(BACKOFF_MAX) < 0 ? doubled : BACKOFF_MAX;
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("closed");
        }
    }

    private void feed()
            throws Feed.Unanswered,
                    InterruptedException,
                    ExecutionException,
                    TimeoutException,
                    IOException {
        var wanted = intent;
        var registered = keys;
        if (wanted == null || registered == null) {
            return;
        }
        if (!wanted.fabric().cluster().equals(cores.cluster())) {
            say(
                    new TreeSet<>(
                            List.of(
                                    "the Fabric is named %s, but this authority publishes for %s; name it so again, or enrol a new fabric"
                                            .formatted(
                                                    wanted.fabric().cluster(), cores.cluster()))));
            return;
        }
        find();
        var problems = new TreeSet<>(registered.problems());
        problems.addAll(
                feed.fulfil(new Feed.Wish(wanted, registered.byNode(), LocalRoutes.read())));
        say(problems);
    }

    /** Reading back costs the fabric plane a look at each record: often at first, then hourly. */
    private void find()
            throws Feed.Unanswered, InterruptedException, ExecutionException, TimeoutException {
        long now = System.nanoTime();
        if (readBack != null
                && now - started > SETTLED.toNanos()
                && now - readBack < READ_BACK.toNanos()) {
            return;
        }
        var records =
                held.of(cores.signer().key())
                        .toCompletableFuture()
                        .get(HELD_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        var fresh = records.stream().filter(record -> !found.contains(record)).toList();
        feed.find(fresh);
        found.retainAll(records);
        found.addAll(fresh);
        readBack = now;
    }

    private void say(SortedSet<String> problems) {
        problems.stream().filter(problem -> !said.contains(problem)).forEach(LOG::warn);
        said = problems;
    }
}
