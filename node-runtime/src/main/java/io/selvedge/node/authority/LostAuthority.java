// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import akka.actor.ActorSystem;
import io.selvedge.actors.backup.Row;
import io.selvedge.actors.backup.Rows;
import io.selvedge.actors.intent.Rebuilt;
import io.selvedge.actors.journal.EventRows;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.Payload.TrustBundle;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.node.store.RecordFile;
import io.selvedge.pki.RecordKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authority whose journal is gone, and perhaps its key: built anew from the records that nodes
 * keep on their disks.
 *
 * @param held verified records of all writers
 */
public record LostAuthority(AuthorityPlace place, List<SignedRecord> held) {
    public LostAuthority {
        held = List.copyOf(held);
    }

    /** Reads the records of nodes, by their data directories; the nodes may run. */
    public static LostAuthority read(AuthorityPlace place, Collection<Path> dataDirs)
            throws IOException {
        var verifier = new RecordVerifier();
        var held = new ArrayList<>(place.enrolled());
        for (var dataDir : dataDirs) {
            held.addAll(RecordFile.peek(dataDir.resolve("records"), verifier));
        }
        held.removeIf(record -> !verifier.test(record));
        return new LostAuthority(place, held);
    }

    /**
     * What can be rebuilt.
     *
     * @param named the authority's public key; null where the root's word leaves no choice
     */
    public Rebuilt rebuild(@Nullable RecordKey named) throws IOException {
        var authority = named == null ? authority() : named;
        try {
            return Rebuilt.of(place.cluster(), place.root(), authority, held);
        } catch (IllegalArgumentException incomplete) {
            throw new IOException(
                    incomplete.getMessage() + ": name the data-dir of a connector with --from",
                    incomplete);
        }
    }

    /** Fills the empty journal with what was rebuilt; gives the number of events. */
    public long fill(Rebuilt rebuilt) throws IOException {
        var system = ActorSystem.create("rebuild", EventRows.settings());
        try {
            var rows =
                    new EventRows(system)
                            .rows(rebuilt.history(), Instant.now(), "rebuild")
                            .iterator();
            return place.fill(rows(rows));
        } finally {
            system.terminate();
        }
    }

    /**
     * Makes a new key, and has the root name it beside the lost one, to whoever hears this node.
     */
    public RecordKey replaceKey(RecordSigner root) throws IOException {
        requireRoot(root);
        var keys = RecordKeys.generate(new SecureRandom());
        var last =
                trust().orElseThrow(() -> new IOException("no trust bundle of the root is held"));
        var authorities = new ArrayList<>(last.authorities());
        authorities.add(new Authority(keys.recordKey(), new Limits.Everything()));
        long number = trustVersion() + 1;
        place.putKey(keys.toPem());
        enrol(new OfflineRoot(root, place.cluster()).trust(number, authorities));
        return keys.recordKey();
    }

    /** Has the root revoke an authority's key; what that revoked itself goes on counting. */
    public void retire(RecordSigner root, RecordKey authority) throws IOException {
        requireRoot(root);
        enrol(
                root.sign(
                        new Subject(place.cluster(), "key:" + authority.hex()),
                        new Scope.Fabric(),
                        new Version(1, 1),
                        new Revocation(authority, "this authority is replaced by another")));
    }

    /** The one authority without limits that the root lists and nobody revoked. */
    private RecordKey authority() throws IOException {
        var view = View.of(statements(), place.root());
        var candidates =
                trust().stream()
                        .flatMap(bundle -> bundle.authorities().stream())
                        .filter(one -> one.limits() instanceof Limits.Everything)
                        .map(Authority::key)
                        .filter(key -> !view.isRevoked(key))
                        .toList();
        if (candidates.size() != 1) {
            throw new IOException(
                    "the root lists %d authorities that may be the lost one, %s: name its public key with --authority"
                            .formatted(candidates.size(), candidates));
        }
        return candidates.getFirst();
    }

    private Optional<TrustBundle> trust() {
        return bundles()
                .map(Statement::payload)
                .map(payload -> payload instanceof TrustBundle bundle ? bundle : null);
    }

    private long trustVersion() {
        return bundles().map(said -> said.header().version().sequence()).orElse(0L);
    }

    private Optional<Statement> bundles() {
        return statements().stream()
                .filter(said -> said.payload() instanceof TrustBundle)
                .filter(said -> said.header().writer().equals(place.root()))
                .max(Comparator.comparing(said -> said.header().version()));
    }

    private List<Statement> statements() {
        return held.stream().flatMap(record -> record.statement().stream()).toList();
    }

    private void requireRoot(RecordSigner root) throws IOException {
        if (!root.key().equals(place.root())) {
            throw new IOException(
                    "this is the root key %.8s, and the fabric's is %.8s: name the private key of that"
                            .formatted(root.key(), place.root()));
        }
    }

    /** Puts what the root says where this node reads it at its next start, and tells all others. */
    private void enrol(SignedRecord said) throws IOException {
        var records = new ArrayList<>(RecordsFile.read(place.enrolment()));
        records.removeIf(record -> record.slot().equals(said.slot()) || isOldTrust(record, said));
        records.add(said);
        RecordsFile.write(place.enrolment(), records);
    }

    private static boolean isOldTrust(SignedRecord record, SignedRecord said) {
        return said.header().type().equals(RecordType.TRUST_BUNDLE)
                && record.header().type().equals(RecordType.TRUST_BUNDLE);
    }

    private static Rows rows(Iterator<Row> rows) {
        return () -> rows.hasNext() ? rows.next() : null;
    }
}
