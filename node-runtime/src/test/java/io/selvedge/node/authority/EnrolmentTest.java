// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.node.authority.Enrolment.Result.Enrolled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folders of the demo, from manifests to the records that nodes start from. */
class EnrolmentTest {
    @TempDir Path temp;
    private AuthorityFolders folders;

    EnrolmentTest() {
        this.folders = new AuthorityFolders(Path.of(""), Path.of(""), Path.of(""));
    }

    @BeforeEach
    void makeFolders() throws IOException {
        folders = Folders.ofTheDemo(temp);
    }

    @Test
    void givesEachNodeWhatItStartsFrom() throws IOException {
        var enrolled = enrol();

        assertThat(enrolled.problems()).isEmpty();
        assertThat(enrolled.published())
                .as("settings, five grants, two Communities, and a roster of each scope")
                .hasSize(16)
                .allMatch(new RecordVerifier());
        assertThat(enrolled.grants())
                .extracting(NodeGrant::name)
                .containsExactlyInAnyOrder("cloud1", "edge1", "edge2", "edge3", "edge4");
        var file = temp.resolve("records");
        RecordsFile.write(file, Enrolment.recordsFor("edge1", enrolled.published()));
        assertThat(RecordsFile.read(file))
                .extracting(EnrolmentTest::grantee)
                .containsExactlyInAnyOrder("FabricSettings", "cloud1", "edge1");
        assertThat(RecordsFile.read(file)).allMatch(new RecordVerifier());
    }

    @Test
    void aSecondStepPublishesNothingNew() throws IOException {
        var first = enrol();

        var second = enrol();

        assertThat(second.published())
                .extracting(SignedRecord::bytes)
                .containsExactlyInAnyOrderElementsOf(
                        first.published().stream().map(SignedRecord::bytes).toList());
    }

    @Test
    void saysWhoIsNotRegisteredYet() throws IOException {
        Files.delete(folders.registrations().resolve("edge2.properties"));
        Files.writeString(folders.registrations().resolve("edge3.properties"), "record-key=00\n");

        assertThat(enrol().problems())
                .hasSize(3)
                .anyMatch(each -> each.contains("node edge2 has no registered keys"))
                .anyMatch(each -> each.contains("edge3.properties"));
    }

    @Test
    void aRegistrationsProofGoesIntoTheGrant() throws IOException {
        var authority = RecordKeyFile.read(folders.key()).key();
        Keys.register(folders.registrations(), "edge1", authority);
        Keys.register(folders.registrations(), "edge2", Keys.signer().key());

        var enrolled = enrol();

        assertThat(enrolled.published()).allMatch(new RecordVerifier());
        assertThat(enrolled.grants())
                .filteredOn(grant -> grant.possession().size() > 0)
                .extracting(NodeGrant::name)
                .containsExactly("edge1");
        assertThat(enrolled.problems())
                .singleElement()
                .asString()
                .contains("node edge2", "register it again");
    }

    @Test
    void refusesWhatTheFolderRefuses() throws IOException {
        Files.writeString(folders.intent().resolve("bad.yaml"), "kind: [");
        assertThat(Enrolment.run(folders, journal(), new TreeSet<>()))
                .isInstanceOf(Enrolment.Result.Refused.class);
        assertThat(folders.state().resolve("journal")).doesNotExist();
    }

    @Test
    void refusesATornRecordsFile() throws IOException {
        var file = temp.resolve("records");
        RecordsFile.write(file, enrol().published());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

        assertThatThrownBy(() -> RecordsFile.read(file)).hasMessageContaining("enrol");
    }

    private static String grantee(SignedRecord record) {
        Payload payload = record.statement().map(Statement::payload).orElseThrow();
        return payload instanceof NodeGrant grant ? grant.name() : payload.type().toString();
    }

    private JournalSettings journal() {
        return JournalSettings.parse("h2", "", folders.state());
    }

    private Enrolled enrol() throws IOException {
        return (Enrolled) Enrolment.run(folders, journal(), new TreeSet<>());
    }
}
