// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.actors.authority.AuthorityEvent.AddressAllocated;
import io.selvedge.actors.authority.AuthorityEvent.FabricCreated;
import io.selvedge.actors.authority.AuthorityEvent.NodeNamed;
import io.selvedge.actors.authority.AuthorityEvent.Published;
import io.selvedge.actors.authority.AuthorityJournal.Entry;
import io.selvedge.actors.authority.AuthorityState;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Cidr;
import io.selvedge.model.Header;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityLogTest {
    @TempDir Path folder;
    private final RecordSigner signer = Keys.signer();

    @Test
    void keepsEventsAndBytes() throws IOException {
        AuthorityState state;
        List<SignedRecord> published;
        try (var log = open()) {
            log.append(beginning());
            log.append(List.of(community(2, "blue"), community(3, "red"), numbered(4)));
            state = log.state();
            published = log.published();
        }
        try (var log = open()) {
            assertThat(log.state()).isEqualTo(state);
            assertThat(log.published())
                    .extracting(SignedRecord::bytes)
                    .isEqualTo(published.stream().map(SignedRecord::bytes).toList());
            assertThat(log.published()).hasSize(3);
        }
        assertThat(Files.readString(file())).containsOnlyOnce("\"publication\":5");
    }

    @Test
    void cutsOffATornLastLine() throws IOException {
        try (var log = open()) {
            log.append(beginning());
        }
        long whole = Files.size(file());
        for (String torn :
                List.of("{\"ev", "{\"event\":\"NodeNamed\",\"name\":\"a\",\"uid\":\"b\"}")) {
            Files.writeString(file(), torn, StandardOpenOption.APPEND);

            try (var log = open()) {
                log.append(List.of());
                assertThat(Files.readString(file())).endsWith("}\n");
                log.append(List.of(community(2 + torn.length(), "red")));
            }
            try (var log = open()) {
                assertThat(log.published()).hasSize(1);
            }
            assertThat(Files.size(file())).isGreaterThan(whole);
        }
    }

    @Test
    void everyTearLeavesAPrefixOfWhatWasWritten() throws IOException {
        var events = beginning().stream().map(Entry::event).toList();
        var prefixes = new ArrayList<AuthorityState>();
        prefixes.add(new AuthorityState.Unborn());
        events.forEach(event -> prefixes.add(prefixes.getLast().evolve(event)));
        try (var log = open()) {
            log.append(beginning());
        }
        byte[] bytes = Files.readAllBytes(file());
        for (int cut = 0; cut <= bytes.length; cut += 13) {
            Files.write(file(), Arrays.copyOf(bytes, cut));
            int lines = (int) new String(bytes, 0, cut, UTF_8).chars().filter(c -> c == 10).count();
            try (var log = open()) {
                assertThat(log.state()).isEqualTo(prefixes.get(Math.max(0, lines - 1)));
            }
        }
    }

    @Test
    void refusesAnUnreadableMiddleAndLeavesItAlone() throws IOException {
        try (var log = open()) {
            log.append(beginning());
        }
        String good = Files.readString(file());
        for (String bad :
                List.of(
                        good.replace("\"NodeNamed\"", "\"NodeNamee\""),
                        good.replace("\"uid\":\"u1\",\"address\"", "\"address\""),
                        good.replaceFirst("\\{\"event\":\"NodeNamed\"", "x"),
                        good.replaceFirst("(\"record\":\".{40})..", "$100"),
                        good + "{\"event\":\"NodeNamed\",\"name\":\"edge1\",\"uid\":\"u2\"}\n",
                        good + "\n")) {
            assertThat(bad).isNotEqualTo(good);
            Files.writeString(file(), bad);

            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(AuthorityLog.FILE + ":")
                    .hasMessageContaining("restore");
            assertThat(Files.readString(file())).isEqualTo(bad);
        }
    }

    @Test
    void refusesAnotherKeyAndASecondOwner() throws IOException {
        try (var log = open()) {
            log.append(beginning());
            assertThatThrownBy(this::open).hasMessageContaining("in use");
        }
        assertThatThrownBy(() -> AuthorityLog.open(folder, Keys.signer().key()))
                .hasMessageContaining("authority key");
        open().close();
    }

    @Test
    void anImpossibleEventIsNotWritten() throws IOException {
        try (var log = open()) {
            log.append(beginning());
            String before = Files.readString(file());

            assertThatThrownBy(() -> log.append(List.of(community(1, "red"))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(Files.readString(file())).isEqualTo(before);
        }
    }

    private AuthorityLog open() throws IOException {
        return AuthorityLog.open(folder, signer.key());
    }

    private Path file() {
        return folder.resolve(AuthorityLog.FILE);
    }

    private List<Entry> beginning() {
        return List.of(
                new Entry(new FabricCreated("beijing", 1, Cidr.parse("100.71.0.0/16")), null),
                new Entry(new NodeNamed("edge1", "u1"), null),
                new Entry(new AddressAllocated("u1", IpAddress.parse("100.71.0.10")), null),
                community(1, "red"));
    }

    private Entry numbered(long sequence) {
        var said = (Published) community(sequence, "green").event();
        var event = new Published(said.scope(), said.subject(), said.version(), 5, said.payload());
        var header =
                new Header(
                        event.payload().type(),
                        event.subject(),
                        signer.key(),
                        event.scope(),
                        event.version(),
                        event.publication());
        return new Entry(event, signer.sign(header, event.payload()));
    }

    private Entry community(long sequence, String name) {
        var event =
                new Published(
                        new Scope.OfCommunity(name),
                        new Subject("beijing", "community:" + name),
                        new Version(1, sequence),
                        new Payload.Community(name, new TreeSet<>()));
        return new Entry(
                event,
                signer.sign(event.subject(), event.scope(), event.version(), event.payload()));
    }
}
