// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import akka.actor.ActorSystem;
import io.selvedge.actors.backup.BackupHead;
import io.selvedge.actors.backup.Rows;
import io.selvedge.actors.journal.EventRows;
import io.selvedge.actors.journal.NewEpoch;
import io.selvedge.actors.persistence.Claim;
import io.selvedge.actors.persistence.JournalException;
import io.selvedge.actors.persistence.JournalRows;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.node.store.AtomicFile;
import io.selvedge.pki.RecordKeys;
import io.selvedge.pki.SealedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where an authority lives on a cloud node, for what is done to it from outside.
 *
 * @param node the name of the cloud node
 * @param root the offline root's public key
 * @param enrolled the records that the node was enrolled with
 * @param enrolment the file that holds those
 * @param key the file of the authority's private record key; it may be missing
 */
public record AuthorityPlace(
        String node,
        String cluster,
        RecordKey root,
        List<SignedRecord> enrolled,
        Path enrolment,
        JournalSettings journal,
        Path key) {
    public AuthorityPlace {
        enrolled = List.copyOf(enrolled);
    }

    /**
     * Takes a backup, also while the authority runs; gives the number of its rows.
     *
     * @param passphrase under which the private key is put in; null leaves it out
     */
    public long export(Path file, char @Nullable [] passphrase) throws IOException {
        var pem = Files.exists(key) ? Files.readString(key) : null;
        if (pem == null) {
            throw new IOException(
                    "%s is missing: name the authority's record key with --key".formatted(key));
        }
        var authority = RecordKeyFile.read(key).key();
        var sealed =
                passphrase == null
                        ? null
                        : SealedKey.seal(
                                Bytes.of(pem.getBytes(StandardCharsets.UTF_8)),
                                passphrase,
                                authority.bytes(),
                                new SecureRandom());
        var head = new BackupHead(cluster, root, authority, Instant.now(), sealed);
        return new BackupFile(file)
                .write(out -> {
                    try {
                        JournalRows.export(journal, head, out);
                    } catch (JournalException refused) {
                        throw new IOException(refused.getMessage(), refused);
                    }
                });
    }

    /**
     * Fills the empty journal from a backup, and begins an epoch; gives the number of rows.
     *
     * @param passphrase opens the private key, which is put in its place; null leaves it alone
     */
    public long restore(Path file, char @Nullable [] passphrase) throws IOException {
        new BackupFile(file).check();
        return new BackupFile(file)
                .read(backup -> {
                    var head = backup.head();
                    requireFabric(file, head);
                    if (passphrase == null) {
                        requireKey(file, head.authority());
                        return fillAbove(backup);
                    }
                    putKey(open(file, head, passphrase));
                    return fillAbove(backup);
                });
    }

    private long fillAbove(Rows backup) throws IOException {
        var system = ActorSystem.create("import", EventRows.settings());
        try {
            return fill(new NewEpoch(backup, new EventRows(system), Instant.now()));
        } finally {
            system.terminate();
        }
    }

    /** Fills the empty journal. */
    public long fill(Rows rows) throws IOException {
        var alone = new Claim(cluster, node, new TreeSet<>(List.of(node)));
        try {
            return JournalRows.fill(journal, alone, rows);
        } catch (JournalException refused) {
            var what =
                    refused.isInUse()
                            ? "stop the authority on all cloud nodes first, then try again: "
                            : "";
            throw new IOException(what + refused.getMessage(), refused);
        }
    }

    /** Puts a key where none is, or the same one; readable by its owner alone from the start. */
    void putKey(String pem) throws IOException {
        if (Files.notExists(key)) {
            AtomicFile.writeSecret(key, pem);
        } else if (!Files.readString(key).equals(pem)) {
            throw new IOException("%s holds another key: move it away".formatted(key));
        }
    }

    private void requireFabric(Path file, BackupHead head) throws IOException {
        if (!head.root().equals(root) || !head.fabric().equals(cluster)) {
            throw new IOException(
                    ("%s is of the fabric %s under the root %.8s, and this node is of %s under %.8s: name a"
                                    + " backup of this fabric, or the settings of a node of that one")
                            .formatted(file, head.fabric(), head.root(), cluster, root));
        }
    }

    private void requireKey(Path file, RecordKey authority) throws IOException {
        if (Files.exists(key) && !RecordKeyFile.read(key).key().equals(authority)) {
            throw new IOException(
                    "%s is of the authority %.8s, and %s holds the key of %.8s: move that key away, and import the right one (--with-key, if the backup has it)"
                            .formatted(file, authority, key, RecordKeyFile.read(key).key()));
        }
    }

    private String open(Path file, BackupHead head, char[] passphrase) throws IOException {
        requireKey(file, head.authority());
        if (head.key() == null) {
            throw new IOException(
                    "%s holds no private key: import it without --with-key, and put the key at %s"
                            .formatted(file, key));
        }
        var pem =
                head.key()
                        .open(passphrase, head.authority().bytes())
                        .map(bytes -> new String(bytes.toArray(), StandardCharsets.UTF_8))
                        .orElseThrow(() ->
                                new IOException(
                                        "%s: the passphrase does not open the key in it: give the one of its export"
                                                .formatted(file)));
        if (!RecordKeys.fromPem(pem.strip()).recordKey().equals(head.authority())) {
            throw new IOException(
                    "%s: the key in it is not that of its authority: take another backup"
                            .formatted(file));
        }
        return pem;
    }
}
