// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.Payload;
import io.selvedge.model.Report;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of every record type and message as the first release writes them. They never change;
 * with {@code -Dselvedge.golden.write=true} files that do not exist yet are written.
 */
class GoldenBytesTest {
    private static final RecordSigner SIGNER = TestKeys.signer(1);

    static List<Payload> payloads() {
        return Examples.payloads();
    }

    static Stream<GossipMessage> messages() {
        return Examples.messages();
    }

    static Stream<Report> reports() {
        return Examples.reports();
    }

    static Stream<ReportMessage> reportMessages() {
        return Examples.reportMessages();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void recordsKeepTheirBytes(Payload payload) throws IOException, MalformedRecord {
        var scope = new Scope.OfNode(Examples.EDGE1);
        var version = new Version(1, 42);

        var record = SIGNER.sign(Examples.EDGE1, scope, version, payload);

        var golden = golden(payload.getClass().getSimpleName(), record.bytes());
        assertThat(record.bytes()).isEqualTo(golden);
        var read = SignedRecord.parse(golden);
        assertThat(new RecordVerifier().test(read)).isTrue();
        assertThat(read.statement()).contains(new Statement(record.header(), payload));
    }

    @Test
    void whatGrantsAndHeadsHaveSinceKeepsItsBytes() throws IOException, MalformedRecord {
        var payload = Examples.grant(List.of(Subject.parse("beijing/far")));
        var scope = new Scope.OfNode(Examples.EDGE1);
        var header =
                new Header(
                        payload.type(), Examples.EDGE1, SIGNER.key(), scope, new Version(1, 42), 7);

        var record = SIGNER.sign(header, payload);

        var golden = golden("NodeGrantOfBackbone", record.bytes());
        assertThat(record.bytes()).isEqualTo(golden);
        assertThat(SignedRecord.parse(golden).statement()).contains(new Statement(header, payload));
    }

    @Test
    void aGrantThatProvesPossessionKeepsItsBytes() throws IOException, MalformedRecord {
        var payload = Examples.proven();
        var record =
                SIGNER.sign(
                        Examples.EDGE1,
                        new Scope.OfNode(Examples.EDGE1),
                        new Version(1, 42),
                        payload);

        var golden = golden("NodeGrantOfPossession", record.bytes());
        assertThat(record.bytes()).isEqualTo(golden);
        assertThat(SignedRecord.parse(golden).statement())
                .contains(new Statement(record.header(), payload));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messagesKeepTheirBytes(GossipMessage message) throws IOException, MalformedRecord {
        var golden = golden(message.getClass().getSimpleName(), GossipCodec.encode(message));

        assertThat(GossipCodec.encode(message)).isEqualTo(golden);
        assertThat(GossipCodec.decode(golden)).isEqualTo(message);
        assertThat(GossipCodec.size(message)).isEqualTo(golden.size());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void reportsKeepTheirBytes(Report report) throws IOException, MalformedRecord {
        var reported = Examples.reported(report);

        var golden =
                golden("Report" + report.getClass().getSimpleName(), ReportCodec.encode(reported));

        assertThat(ReportCodec.encode(reported)).isEqualTo(golden);
        assertThat(ReportCodec.decode(golden)).isEqualTo(reported);
    }

    @ParameterizedTest
    @MethodSource("reportMessages")
    void messagesAboutReportsKeepTheirBytes(ReportMessage message)
            throws IOException, MalformedRecord {
        var name = "Report" + message.getClass().getSimpleName();

        var golden = golden(name, ReportMessageCodec.encode(message));

        assertThat(ReportMessageCodec.encode(message)).isEqualTo(golden);
        assertThat(ReportMessageCodec.decode(golden)).isEqualTo(message);
    }

    @Test
    void everyKindOfReportHasAnExample() {
        var examples = Examples.reports().<Class<?>>map(Report::getClass);
        assertThat(examples)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Report.class.getPermittedSubclasses())
                                .filter(kind -> kind != Report.Unknown.class)
                                .toList());
    }

    private static Bytes golden(String name, Bytes now) throws IOException {
        var file = Path.of("src/test/resources/wire/v1", name + ".hex");
        if (Boolean.getBoolean("selvedge.golden.write") && Files.notExists(file)) {
            Files.writeString(file, now.hex() + "\n", US_ASCII);
        }
        return Bytes.ofHex(Files.readString(file, US_ASCII).strip());
    }
}
