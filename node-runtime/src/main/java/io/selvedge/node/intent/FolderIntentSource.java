// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An {@link IntentSource} over a watched folder of manifests; tells in the watch's thread. */
public final class FolderIntentSource implements IntentSource {
    private final FolderIntent folder;
    private @Nullable FolderWatch watch;
    private @Nullable IntentReading told;

    public FolderIntentSource(Path folder) {
        this.folder = new FolderIntent(folder);
    }

    @Override
    public void start(Consumer<IntentReading> listener) {
        if (watch != null) {
            throw new IllegalStateException("an intent source starts once");
        }
        watch =
                FolderWatch.start(
                        folder.folder(), FolderIntent::isManifest, () -> tellNew(listener));
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }

    private void tellNew(Consumer<IntentReading> listener) {
        var reading = folder.read();
        if (!reading.equals(told)) {
            listener.accept(reading);
            told = reading;
        }
    }
}
