// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.AuthorityOffice;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.TrustBundle;
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

    /** Decides once; {@code localRoutes} keep the fabric's own prefix away from what is in use. */
    public static Result run(AuthorityFolders folders, SortedSet<Cidr> localRoutes)
            throws IOException {
        var registrations = new RegistrationsFolder(folders.registrations()).read();
        return switch (new FolderIntent(folders.intent()).read()) {
            case IntentReading.Refused(var errors) -> new Result.Refused(errors);
            case IntentReading.Unreadable(var reason) -> new Result.Unreadable(reason);
            case IntentReading.Loaded(var intent) ->
                    run(
                            folders,
                            new Wish(intent, registrations.byNode(), localRoutes),
                            registrations.problems());
        };
    }

    private static Result run(AuthorityFolders folders, Wish wish, List<String> problems)
            throws IOException {
        var signer = RecordKeyFile.read(folders.key());
        try (var log = AuthorityLog.open(folders.state(), signer.key())) {
            var outcome = new AuthorityOffice(log, signer, new SecureRandom()).act(wish);
            var all = new ArrayList<>(problems);
            all.addAll(outcome.problems());
            return new Result.Enrolled(log.published(), all);
        }
    }

    /**
     * What a node starts from: whom to trust, the settings, its own grant and the connectors'
     * grants.
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
                    grant.name().equals(node) || connectors.contains(record.header().subject());
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
