// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.persistence.Claim;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalException;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.shell.Feed;
import io.selvedge.actors.shell.Feed.Wish;
import io.selvedge.actors.shell.LocalEntities;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.TrustBundle;
import io.selvedge.model.Role;
import io.selvedge.model.Subject;
import io.selvedge.node.intent.FolderIntent;
import io.selvedge.node.intent.IntentReading;
import io.selvedge.node.intent.ManifestError;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One step of the authority without a running node, so that nodes have records before any of them
 * starts. An authority that later runs over the same folders publishes nothing anew.
 */
public final class Enrolment {
    /** Its name among those who use the journal. */
    private static final String ENROLLER = "enrolment";

    private Enrolment() {}

    public sealed interface Result {
        /** All that is published now, in this step or before. */
        record Enrolled(List<SignedRecord> published, List<String> problems) implements Result {
            public Enrolled {
                published = List.copyOf(published);
                problems = List.copyOf(problems);
            }

            /** What every node with a grant has been granted. */
            public List<NodeGrant> grants() {
                return payloads(published).stream()
                        .filter(NodeGrant.class::isInstance)
                        .map(NodeGrant.class::cast)
                        .toList();
            }
        }

        record Refused(List<ManifestError> errors) implements Result {}

        record Unreadable(String reason) implements Result {}
    }

    /**
     * Decides once.
     *
     * @param journal that of the cloud node; nobody else may use it now
     * @param localRoutes keep the fabric's own prefix away from what is in use
     */
    public static Result run(
            AuthorityFolders folders, JournalSettings journal, SortedSet<Cidr> localRoutes)
            throws IOException {
        var registrations = new RegistrationsFolder(folders.registrations()).read();
        return switch (new FolderIntent(folders.intent()).read()) {
            case IntentReading.Refused(var errors) -> new Result.Refused(errors);
            case IntentReading.Unreadable(var reason) -> new Result.Unreadable(reason);
            case IntentReading.Loaded(var intent) ->
                    run(
                            folders,
                            journal,
                            new Wish(intent, registrations.byNode(), localRoutes),
                            registrations.problems());
        };
    }

    private static Result run(
            AuthorityFolders folders, JournalSettings settings, Wish wish, List<String> problems)
            throws IOException {
        var cluster = wish.intent().fabric().cluster();
        var cores = new Cores(cluster, RecordKeyFile.read(folders.key()));
        var claim = new Claim(cluster, ENROLLER, new TreeSet<>(List.of(ENROLLER)));
        try (var journal = Journal.open(settings, claim);
                var entities = new LocalEntities(journal, cores)) {
            var feed = new Feed(entities, cluster, new SecureRandom());
            var all = new ArrayList<>(problems);
            all.addAll(feed.fulfil(wish));
            return new Result.Enrolled(feed.published(), all);
        } catch (JournalException | Feed.Unanswered refused) {
            throw new IOException(refused.getMessage(), refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while enrolling; do it again", stopped);
        }
    }

    /**
     * What a node starts from: whom to trust, the settings, its own grant and those of the
     * connectors and cloud nodes.
     */
    public static List<SignedRecord> recordsFor(String node, Collection<SignedRecord> published) {
        var connectors = new TreeSet<Subject>();
        for (var payload : payloads(published)) {
            if (payload instanceof FabricSettings settings) {
                connectors.addAll(settings.connectors().keySet());
            }
        }
        return published.stream().filter(record -> concerns(record, node, connectors)).toList();
    }

    private static boolean concerns(
            SignedRecord record, String node, SortedSet<Subject> connectors) {
        return switch (record.statement().map(Statement::payload).orElse(null)) {
            case TrustBundle _, FabricSettings _ -> true;
            case NodeGrant grant ->
                    grant.name().equals(node)
                            || grant.roles().contains(Role.CLOUD)
                            || connectors.contains(record.header().subject());
            case null, default -> false;
        };
    }

    private static List<Payload> payloads(Collection<SignedRecord> records) {
        return records.stream()
                .flatMap(record -> record.statement().stream())
                .map(Statement::payload)
                .toList();
    }
}
