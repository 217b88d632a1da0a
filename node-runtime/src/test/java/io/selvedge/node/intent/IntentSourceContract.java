// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.selvedge.model.Intent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every {@link IntentSource} keeps. */
abstract class IntentSourceContract {
    final List<IntentReading> heard = new CopyOnWriteArrayList<>();

    /** A source whose intent is readable and names {@code edges} edges. */
    abstract IntentSource source(int edges) throws Exception;

    /** Changes the intent of the source to this many edges. */
    abstract void change(int edges) throws Exception;

    /** Makes the intent unreadable. */
    abstract void spoil() throws Exception;

    @Test
    void tellsTheFirstAndThenEachThatDiffers() throws Exception {
        try (var source = source(1)) {
            source.start(heard::add);
            await().until(() -> edges(last()) == 1);
            change(2);
            await().until(() -> edges(last()) == 2);
            change(2);
            change(1);
            await().until(() -> edges(last()) == 1);
        }
        for (int i = 1; i < heard.size(); i++) {
            assertThat(heard.get(i)).isNotEqualTo(heard.get(i - 1));
        }
    }

    @Test
    void neverTakesTroubleForDeletion() throws Exception {
        try (var source = source(2)) {
            source.start(heard::add);
            await().until(() -> edges(last()) == 2);
            spoil();
            await().until(() -> !(last() instanceof IntentReading.Loaded));
            change(2);
            await().until(() -> edges(last()) == 2);
        }
        assertThat(heard).allMatch(each -> edges(each) != 0 && edges(each) != 1);
    }

    @Test
    void isSilentOnceClosed() throws Exception {
        var source = source(1);
        source.start(heard::add);
        await().until(() -> edges(last()) == 1);
        source.close();
        int before = heard.size();
        change(2);
        await().during(Duration.ofMillis(300)).until(() -> heard.size() == before);
    }

    IntentReading last() {
        return heard.isEmpty() ? new IntentReading.Unreadable("nothing yet") : heard.getLast();
    }

    static int edges(IntentReading reading) {
        return reading instanceof IntentReading.Loaded(Intent intent)
                ? intent.nodes().size() - 1
                : -1;
    }
}
