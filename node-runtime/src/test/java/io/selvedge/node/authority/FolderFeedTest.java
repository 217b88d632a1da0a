// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.persistence.Claim;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.shell.Feed;
import io.selvedge.actors.shell.LocalEntities;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.node.authority.Enrolment.Result.Enrolled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folders of the demo, from enrolment to a running authority. */
class FolderFeedTest {
    @TempDir private Path temp;

    @Test
    void aRunningAuthorityGoesOnFromTheEnrolment() throws Exception {
        var folders = Folders.ofTheDemo(temp);
        var settings = JournalSettings.parse("h2", "", folders.state());
        var enrolled = (Enrolled) Enrolment.run(folders, settings, new TreeSet<>());
        var before = Set.copyOf(enrolled.published());
        var cores = new Cores("beijing", RecordKeyFile.read(folders.key()));
        var claim = new Claim("beijing", "cloud1", new TreeSet<>(List.of("cloud1")));
        try (var journal = Journal.open(settings, claim);
                var entities = new LocalEntities(journal, cores);
                var _ =
                        FolderFeed.start(
                                folders,
                                cores,
                                entities,
                                _ -> CompletableFuture.completedFuture(enrolled.published()))) {
            var look = new Feed(entities, "beijing", new Random(1));
            await().during(Duration.ofSeconds(3)).until(() -> news(look, before).isEmpty());

            var communities = folders.intent().resolve("communities.yaml");
            String text = Files.readString(communities);
            Files.writeString(communities, text.replace(", beijing.edge4]\n---", "]\n---"));
            await().atMost(Duration.ofSeconds(20)).until(() -> news(look, before).size() == 4);
            assertThat(news(look, before))
                    .extracting(record -> record.header().type().toString())
                    .containsExactlyInAnyOrder("NodeGrant", "Community", "Roster", "Roster");

            var intent = Files.move(folders.intent(), temp.resolve("away"));
            await().during(Duration.ofMillis(1500)).until(() -> news(look, before).size() == 4);
            Files.move(intent, folders.intent());

            Files.delete(folders.intent().resolve("communities.yaml"));
            await().atMost(Duration.ofSeconds(20)).until(() -> news(look, before).size() > 4);
        }
    }

    private static Set<SignedRecord> news(Feed look, Set<SignedRecord> before) throws Exception {
        var now = new HashSet<>(look.published());
        now.removeAll(before);
        return now;
    }
}
