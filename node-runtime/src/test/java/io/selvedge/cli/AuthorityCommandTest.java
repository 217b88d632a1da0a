// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.intent.IntentRouter;
import io.selvedge.actors.intent.MemoryAuthority;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.node.authority.OfflineRoot;
import io.selvedge.node.authority.RecordsFile;
import io.selvedge.node.store.RecordFile;
import io.selvedge.pki.IkeKeys;
import io.selvedge.pki.RecordKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's way with the authority: out, in, and back from nothing. */
class AuthorityCommandTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CLUSTER = "beijing";

    @TempDir Path folder;
    private final StringWriter said = new StringWriter();
    private final RecordKeys root = RecordKeys.generate(RANDOM);
    private final RecordKeys authority = RecordKeys.generate(RANDOM);
    private final TreeMap<String, RecordKeys> nodes = new TreeMap<>();
    private final List<SignedRecord> published = new ArrayList<>();

    @BeforeEach
    void publish() throws IOException {
        for (var name : List.of("cloud1", "edge1", "edge2")) {
            nodes.put(name, RecordKeys.generate(RANDOM));
        }
        published.addAll(records());
        store("connector", published);
        place("first", root);
        Files.writeString(folder.resolve("first/authority.key"), authority.toPem());
    }

    @Test
    void whatNodesHoldBecomesAJournalThatGoesOutAndIn() throws IOException {
        var passphrase = folder.resolve("passphrase");
        Files.writeString(passphrase, "as long as it takes\n");
        var file = folder.resolve("backup.jsonl.gz");
        rebuild("first", "connector");
        assertThat(said.toString()).contains("3 nodes", "epoch 2");
        run(0, "export", "first", "--with-key", "--passphrase-file", passphrase, file);

        place("second", root);
        run(0, "import", "second", "--with-key", "--passphrase-file", passphrase, file);

        assertThat(folder.resolve("second/authority.key")).hasContent(authority.toPem().strip());
        var again = folder.resolve("again.jsonl");
        run(0, "export", "second", again);
        assertThat(Files.readString(again))
                .contains("\"event\":\"address-given\"")
                .doesNotContain("PRIVATE", "sealed");
    }

    @Test
    void whatDoesNotFitIsRefusedInOneLine() throws IOException {
        rebuild("first", "connector");
        var file = folder.resolve("backup.jsonl");
        run(0, "export", "first", file);

        run(2, "import", "first", file);
        refused("already: name an empty one");
        run(2, "export", "first", file);
        refused("is there already: name a new file");
        place("foreign", RecordKeys.generate(RANDOM));
        run(2, "import", "foreign", file);
        refused("name a backup of this fabric");
        place("other", root);
        Files.writeString(
                folder.resolve("other/authority.key"), RecordKeys.generate(RANDOM).toPem());
        run(2, "import", "other", file);
        refused("move that key away");
        run(2, "import", "other", "--with-key", "--passphrase-file", file, file);
        refused("move that key away");
        place("empty", root);
        run(2, "import", "empty", "--with-key", "--passphrase-file", file, file);
        refused("holds no private key");
        run(2, "import", "empty", folder.resolve("first/authority.key"));
        refused("authority.key is damaged at line 1");
        var text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("address-given", "address-taken"));
        run(2, "import", "empty", file);
        refused("is damaged");
        Files.writeString(file, text);
        run(0, "import", "empty", file);
    }

    @Test
    void theStoreOfAnEdgeIsNotTakenForAll() throws IOException {
        var kept =
                published.stream()
                        .filter(record -> !record.scope().equals(scope("edge2")))
                        .toList();
        store("edge", kept);
        run(2, "rebuild", "first", "--from", folder.resolve("edge"));
        refused("edge edge1 alone would keep all of these records");
        run(0, "rebuild", "first", "--whole", "--from", folder.resolve("edge"));
        run(2, "rebuild", "first", "--from", folder.resolve("first"));
        refused("holds no records: name the data-dir of a node");
    }

    @Test
    void aLostKeyIsReplacedByTheRootsWord() throws IOException {
        var rootKey = folder.resolve("root.key");
        Files.writeString(rootKey, root.toPem());
        var key = folder.resolve("first/authority.key");
        Files.delete(key);
        run(2, "rebuild", "first", "--from", folder.resolve("connector"));
        refused("add --new-key and --root-key FILE");

        run(
                0,
                "rebuild",
                "first",
                "--new-key",
                "--root-key",
                rootKey,
                "--from",
                folder.resolve("connector"));
        var next = RecordKeys.fromPem(Files.readString(key).strip()).recordKey();
        assertThat(said.toString()).contains("new authority " + next, "signed anew");
        assertThat(view("first").isAuthority(next)).isTrue();
        assertThat(view("first").grants())
                .as("the lost key counts until it is retired")
                .isNotEmpty();

        var lost = authority.recordKey().hex();
        run(0, "retire", "first", "--authority", lost, "--root-key", rootKey);
        assertThat(view("first").isRevoked(authority.recordKey())).isTrue();
        assertThat(view("first").isAuthority(next)).isTrue();
    }

    /** A cloud node's settings and enrolment. */
    private void place(String name, RecordKeys under) throws IOException {
        var home = Files.createDirectory(folder.resolve(name));
        var enrolment = Files.createDirectory(home.resolve("enrolment"));
        Files.writeString(enrolment.resolve("root.pub"), under.recordKey().hex() + "\n");
        Files.writeString(enrolment.resolve("record.key"), of("cloud1").toPem());
        var trusted = new Authority(authority.recordKey(), new Limits.Everything());
        var all = new ArrayList<>(published);
        all.removeIf(record -> !record.scope().equals(scope("cloud1")));
        all.add(new OfflineRoot(signer(under), CLUSTER).trust(1, List.of(trusted)));
        RecordsFile.write(enrolment.resolve("records"), all);
        Files.writeString(
                home.resolve("node.conf"),
                """
                selvedge.node {
                  name = cloud1
                  data-dir = "%1$s/data"
                  enrolment = "%1$s/enrolment"
                  intent { folder = "%1$s", registrations = "%1$s", state = "%1$s" }
                }
                """
                        .formatted(home));
    }

    private void store(String name, Collection<SignedRecord> records) throws IOException {
        var data = Files.createDirectory(folder.resolve(name));
        try (var file = RecordFile.open(data.resolve("records"), RANDOM, new RecordVerifier())) {
            file.append(records);
        }
    }

    private void rebuild(String place, String from) {
        run(0, "rebuild", place, "--from", folder.resolve(from));
    }

    private void run(int code, String command, String place, Object... more) {
        said.getBuffer().setLength(0);
        var args = new ArrayList<>(List.of("authority", command));
        args.addAll(List.of("--config", folder.resolve(place).resolve("node.conf").toString()));
        for (var each : more) {
            args.add(each.toString());
        }
        int given =
                Selvedge.commandLine()
                        .setOut(new PrintWriter(said, true))
                        .setErr(new PrintWriter(said, true))
                        .execute(args.toArray(String[]::new));
        assertThat(given).as("%s: %s", args, said).isEqualTo(code);
    }

    private void refused(String why) {
        assertThat(said.toString()).startsWith("selvedge: ").contains(why).hasLineCount(1);
    }

    private View view(String place) throws IOException {
        var records = RecordsFile.read(folder.resolve(place).resolve("enrolment/records"));
        return View.of(
                records.stream().flatMap(record -> record.statement().stream()).toList(),
                root.recordKey());
    }

    private List<SignedRecord> records() {
        var wanted = new TreeMap<String, NodeIntent>();
        var keys = new TreeMap<String, NodeKeys>();
        int number = 0;
        for (var name : nodes.keySet()) {
            var roles =
                    name.equals("cloud1")
                            ? List.of(Role.CLOUD, Role.CONNECTOR)
                            : List.of(Role.EDGE);
            wanted.put(
                    name,
                    new NodeIntent(
                            name,
                            name,
                            new TreeSet<>(roles),
                            "",
                            "",
                            "",
                            cidrs("10.244.%d.0/24".formatted(number++)),
                            List.of()));
            var ike = IkeKeys.generate(RANDOM).ikeKey();
            keys.put(name, new NodeKeys(of(name).recordKey(), ike));
        }
        var connectors = new TreeMap<String, List<IpAddress>>();
        connectors.put("cloud1", List.of(IpAddress.parse("192.0.2.1")));
        var fabric =
                new FabricIntent(
                        CLUSTER, cidrs("10.244.0.0/16"), cidrs("10.96.0.0/16"), connectors);
        var router = new IntentRouter(new Intent(fabric, wanted, new TreeMap<>()), keys);
        var host = new MemoryAuthority(CLUSTER, signer(authority), RANDOM);
        host.tell(router.intend(0, cidrs(), Bytes.of(new byte[32])));
        host.settle();
        router.route(host.directory().orElseThrow()).tells().forEach(host::tell);
        host.settle();
        assertThat(host.directory().orElseThrow().mandate()).isEqualTo(new Mandate(1, 1));
        return host.history().stream().flatMap(each -> published(each.event()).stream()).toList();
    }

    private static List<SignedRecord> published(Object event) {
        return switch (event) {
            case ClusterEvent.Published(var record) -> List.of(record);
            case NodeEvent.Published(var record) -> List.of(record);
            default -> List.of();
        };
    }

    private RecordKeys of(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    private static Scope scope(String name) {
        return new Scope.OfNode(new Subject(CLUSTER, name));
    }

    private static SortedSet<Cidr> cidrs(String... texts) {
        var cidrs = new TreeSet<Cidr>();
        for (var text : texts) {
            cidrs.add(Cidr.parse(text));
        }
        return cidrs;
    }

    private static RecordSigner signer(RecordKeys keys) {
        return new RecordSigner(keys.privateKey(), keys.recordKey());
    }
}
