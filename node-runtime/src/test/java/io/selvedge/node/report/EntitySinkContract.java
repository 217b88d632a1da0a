// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.persistence.JournalException;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.report.Receipt.Journaled;
import io.selvedge.report.Receipt.Opened;
import io.selvedge.wire.ReportMessage.Hello;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entities are a sink, on either database, and what they answered outlives them. */
abstract class EntitySinkContract extends ReportSinkContract {
    @TempDir private Path folder;
    private JournaledEntities entities;

    abstract JournalSettings settings(Path folder) throws IOException;

    @BeforeEach
    void open() throws IOException, JournalException {
        entities = new JournaledEntities(settings(folder));
    }

    @AfterEach
    void close() throws JournalException {
        entities.close();
    }

    @Override
    ReportSink sink() {
        return entities.sink();
    }

    @Override
    List<Long> journaled() {
        return entities.journal().stream().map(each -> ((MemorySink.Entry) each).number()).toList();
    }

    @Test
    void goesOnAfterARestart() throws Exception {
        assertThat(hand(new Hello(7, 0))).isEqualTo(new Opened(1, 0, true));
        hand(batch(1, 1, 3));
        entities.restart();
        assertThat(hand(batch(1, 1, 3))).isEqualTo(new Journaled(1, 3));
        assertThat(hand(batch(1, 4, 5))).isEqualTo(new Journaled(1, 5));
        assertThat(hand(new Hello(8, 1))).isEqualTo(new Opened(2, 5, false));
        assertThat(journaled()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
}
