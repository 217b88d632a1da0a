// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderIntentSourceTest extends IntentSourceContract {
    @TempDir Path temp;

    private Path folder() {
        return temp.resolve("intent");
    }

    @Override
    IntentSource source(int edges) throws IOException {
        Files.createDirectories(folder());
        change(edges);
        return new FolderIntentSource(folder());
    }

    @Override
    void change(int edges) throws IOException {
        Files.writeString(folder().resolve("all.yaml"), IntentTexts.fabricOf(edges));
    }

    @Override
    void spoil() throws IOException {
        Files.writeString(folder().resolve("all.yaml"), "kind: [");
    }

    @Test
    void aFolderRenamedAwayAndBackDeletesNothing() throws Exception {
        try (var source = source(2)) {
            source.start(heard::add);
            await().until(() -> edges(last()) == 2);

            Files.move(folder(), temp.resolve("away"));
            await().until(() -> last() instanceof IntentReading.Unreadable);
            Files.move(temp.resolve("away"), folder());
            await().until(() -> edges(last()) == 2);
            change(3);
            await().atMost(Duration.ofSeconds(3)).until(() -> edges(last()) == 3);
        }
        assertThat(heard).allMatch(each -> edges(each) == -1 || edges(each) >= 2);
    }

    @Test
    void anotherFolderUnderThePathIsFollowed() throws Exception {
        try (var source = source(1)) {
            source.start(heard::add);
            await().until(() -> edges(last()) == 1);

            Files.move(folder(), temp.resolve("away"));
            source(2).close();
            await().until(() -> edges(last()) == 2);
            change(3);
            await().until(() -> edges(last()) == 3);
        }
    }

    @Test
    void followsTheLinksOfAConfigMap() throws Exception {
        configMap("..first", 1);
        Files.createSymbolicLink(folder().resolve("..data"), Path.of("..first"));
        Files.createSymbolicLink(folder().resolve("all.yaml"), Path.of("..data/all.yaml"));
        try (var source = new FolderIntentSource(folder())) {
            source.start(heard::add);
            await().until(() -> edges(last()) == 1);

            configMap("..second", 2);
            var next = Files.createSymbolicLink(folder().resolve("..tmp"), Path.of("..second"));
            Files.move(next, folder().resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            await().until(() -> edges(last()) == 2);
        }
        assertThat(heard).allMatch(IntentReading.Loaded.class::isInstance);
    }

    private void configMap(String name, int edges) throws IOException {
        var data = Files.createDirectories(folder().resolve(name));
        Files.writeString(data.resolve("all.yaml"), IntentTexts.fabricOf(edges));
    }

    @Test
    void aFolderThatComesAndGoesIsWholeOrNotThere() throws Exception {
        source(0).close();
        Files.writeString(folder().resolve("all.yaml"), IntentTexts.fabric());
        for (int i = 0; i <= 20; i++) {
            Files.writeString(folder().resolve("node" + i + ".yaml"), IntentTexts.node(i));
        }
        var done = new AtomicBoolean();
        var mover = Thread.ofPlatform().start(() -> moveBackAndForth(done));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int round = 0;
                round < 500 || (!sawItGone() && System.nanoTime() < deadline);
                round++) {
            heard.add(new FolderIntent(folder()).read());
        }
        done.set(true);
        mover.join();

        assertThat(heard).allMatch(each -> edges(each) == -1 || edges(each) == 20);
        assertThat(heard).noneMatch(IntentReading.Refused.class::isInstance);
        assertThat(heard).anyMatch(IntentReading.Unreadable.class::isInstance);
    }

    private boolean sawItGone() {
        return heard.stream().anyMatch(IntentReading.Unreadable.class::isInstance);
    }

    private void moveBackAndForth(AtomicBoolean done) {
        try {
            while (!done.get()) {
                Files.move(folder(), temp.resolve("away"));
                LockSupport.parkNanos(300_000);
                Files.move(temp.resolve("away"), folder());
                LockSupport.parkNanos(300_000);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
