// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls back in a thread of its own when a folder changed and has come to rest, and once at the
 * start. Looks every second, and at once where the system reports changes; the folder may vanish
 * and come back, as another folder too. A call may come although nothing changed.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration REST = Duration.ofMillis(100);
    private static final int RESTLESS_MAX = 20;

    private final Path folder;
    private final Predicate<String> wanted;
    private final Runnable changed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final @Nullable WatchService events;
    private final Thread thread;
    private @Nullable WatchKey key;
    private @Nullable Object watchedInode;

    private FolderWatch(Path folder, Predicate<String> wanted, Runnable changed) {
        this.folder = folder;
        this.wanted = wanted;
        this.changed = changed;
        this.events = watchService(folder);
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("watch-" + folder.getFileName())
                        .unstarted(this::run);
    }

    /** Watches until closed; {@code wanted} says which file names count. */
    public static FolderWatch start(Path folder, Predicate<String> wanted, Runnable changed) {
        var watch = new FolderWatch(folder, wanted, changed);
        watch.thread.start();
        return watch;
    }

    /** Ends the watch, and waits for a call that is under way unless this is that call. */
    @Override
    public void close() {
        closing.countDown();
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        @Nullable FolderListing told = null;
        boolean first = true;
        boolean recheck = false;
        try {
            while (!closed()) {
                var now = atRest();
                boolean different = now == null ? told != null : !now.equals(told);
                if (!closed() && (first || recheck || different) && call()) {
                    first = false;
                    told = now;
                    recheck = now != null && now.changedSince(Instant.now().minus(POLL));
                }
                awaitChange();
            }
        } catch (InterruptedException asked) {
            LOG.atWarn().addKeyValue("folder", folder).log("watch interrupted");
        } finally {
            closeEvents();
        }
    }

    private boolean call() {
        try {
            changed.run();
            return true;
        } catch (RuntimeException failed) {
            LOG.atError().addKeyValue("folder", folder).setCause(failed).log("watch call failed");
            return false;
        }
    }

    /** The folder once two looks agree; null when it is not there. Gives up on a restless one. */
    private @Nullable FolderListing atRest() throws InterruptedException {
        var before = look();
        for (int i = 0; i < RESTLESS_MAX; i++) {
            if (before == null || !before.changedSince(Instant.now().minus(REST))) {
                return before;
            }
            if (closing.await(REST.toMillis(), TimeUnit.MILLISECONDS)) {
                return before;
            }
            var after = look();
            if (before.equals(after)) {
                return after;
            }
            before = after;
        }
        return before;
    }

    private @Nullable FolderListing look() {
        try {
            var listing = FolderListing.of(folder, wanted);
            register(listing.folder().inode());
            return listing;
        } catch (IOException notThere) {
            return null;
        }
    }

    private void register(@Nullable Object inode) {
        boolean stands = key != null && key.isValid();
        if (events == null || (stands && Objects.equals(inode, watchedInode))) {
            return;
        }
        if (key != null) {
            key.cancel();
        }
        try {
            key =
                    folder.register(
                            events,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_DELETE,
                            StandardWatchEventKinds.ENTRY_MODIFY);
            watchedInode = inode;
        } catch (IOException pollingRemains) {
            key = null;
        }
    }

    private void awaitChange() throws InterruptedException {
        long deadline = System.nanoTime() + POLL.toNanos();
        long step = TimeUnit.MILLISECONDS.toNanos(100);
        while (System.nanoTime() < deadline && !closed()) {
            if (events == null) {
                closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
            var signalled = events.poll(step, TimeUnit.NANOSECONDS);
            if (signalled != null) {
                signalled.pollEvents();
                signalled.reset();
                return;
            }
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    private static @Nullable WatchService watchService(Path folder) {
        try {
            return folder.getFileSystem().newWatchService();
        } catch (IOException | UnsupportedOperationException pollingRemains) {
            LOG.atInfo()
                    .addKeyValue("folder", folder)
                    .addKeyValue("cause", pollingRemains.toString())
                    .log("no change events here, looking every second");
            return null;
        }
    }

    private void closeEvents() {
        try {
            if (events != null) {
                events.close();
            }
        } catch (IOException | ClosedWatchServiceException gone) {
            LOG.atDebug().addKeyValue("folder", folder).log("watch already closed");
        }
    }
}
