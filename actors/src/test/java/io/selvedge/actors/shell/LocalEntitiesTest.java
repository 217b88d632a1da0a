// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.TestJournals;
import io.selvedge.fabric.SignedRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** All entities in one process, over a file. */
class LocalEntitiesTest extends EntitiesContract {
    @TempDir private Path folder;

    @Override
    Lived live(String name, Wishes wishes, List<SignedRecord> held) throws Exception {
        var settings = TestJournals.file(folder.resolve(name));
        try (var journal = Journal.open(settings, TestJournals.alone("cloud"));
                var entities = new LocalEntities(journal, new Cores("beijing", SIGNER))) {
            var feed = new Feed(entities, "beijing", new Random(1));
            feed.find(held);
            var problems = feed.fulfil(Fabrics.wish(wishes));
            return new Lived(feed.published(), Fabrics.events(journal), problems);
        }
    }
}
