// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.model.Bytes;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.testing.TestKeys;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import io.selvedge.wire.RecordCodec;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignedRecordTest {
    private static final RecordSigner SIGNER = TestKeys.signer(1);
    private static final Subject EDGE1 = new Subject("beijing", "edge1");
    private static final Scope FABRIC = new Scope.Fabric();
    private static final Version VERSION = new Version(0, 1);
    private static final Payload ENDPOINT = new Payload.Endpoint(List.of(), 500, "userspace", 1);

    private final RecordVerifier verifier = new RecordVerifier();

    @Test
    void aRecordVerifiesByItsWritersKeyAlone() throws MalformedRecord {
        var record = SIGNER.sign(EDGE1, FABRIC, VERSION, ENDPOINT);

        assertThat(verifier.test(SignedRecord.parse(record.bytes()))).isTrue();
        assertThat(record.statement()).contains(new Statement(record.header(), ENDPOINT));
    }

    @Test
    void noByteOfARecordMayChange() {
        byte[] bytes = SIGNER.sign(EDGE1, FABRIC, VERSION, ENDPOINT).bytes().toArray();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(verifies(changed)).as("byte %d", i).isFalse();
        }
    }

    @Test
    void aKeyThatIsNoPointVerifiesNothing() {
        var noPoint = new RecordKey(Bytes.ofHex("ff".repeat(32)));

        assertThat(verifier.verify(noPoint, Bytes.EMPTY, Bytes.of(new byte[64]))).isFalse();
    }

    @Test
    void aTypeOfTomorrowIsKeptAndNotBelieved() throws MalformedRecord {
        var payload = Bytes.ofHex("0a0b0c");
        var record = SIGNER.sign(new RecordType(99), EDGE1, FABRIC, VERSION, payload);

        var read = SignedRecord.parse(record.bytes());

        assertThat(read.bytes()).isEqualTo(record.bytes());
        assertThat(read.statement()).isEmpty();
        assertThat(new RecordSet(List.of(read)).records()).containsExactly(record);
        assertThat(new RecordSet(List.of(read)).statements()).isEmpty();
    }

    @Test
    void whatNobodyCouldReadIsNotSigned() {
        var outOfRange = new Payload.Endpoint(List.of(), 0, "userspace", 1);
        var crowd =
                IntStream.range(0, 2_000)
                        .mapToObj(i -> new Subject("beijing", "node" + i))
                        .toList();
        var tooLarge = new Payload.Community("crowd", new TreeSet<>(crowd));

        assertThatThrownBy(() -> SIGNER.sign(EDGE1, FABRIC, VERSION, outOfRange))
                .hasMessageContaining("outside the range");
        assertThatThrownBy(() -> SIGNER.sign(EDGE1, FABRIC, VERSION, tooLarge))
                .hasMessageContaining("at most 16384");
    }

    @Test
    void aDatagramProvesItsSender() throws MalformedRecord {
        var message = new GossipMessage.Push(List.of(Bytes.ofHex("01")));
        var bytes = SignedDatagram.seal(SIGNER, message);
        var changed = bytes.toArray();
        changed[changed.length - 1] ^= 1;

        var datagram = SignedDatagram.parse(bytes);

        assertThat(datagram.sender()).isEqualTo(SIGNER.key());
        assertThat(datagram.isAuthentic(verifier)).isTrue();
        assertThat(datagram.message()).isEqualTo(message);
        assertThat(SignedDatagram.parse(Bytes.of(changed)).isAuthentic(verifier)).isFalse();
    }

    private boolean verifies(byte[] bytes) {
        try {
            return verifier.test(SignedRecord.parse(Bytes.of(bytes)));
        } catch (MalformedRecord refused) {
            return false;
        }
    }

    @Test
    void aSignatureOverADatagramIsNoneOverARecord() throws MalformedRecord {
        var body = SIGNER.sign(EDGE1, FABRIC, VERSION, ENDPOINT).body();
        var datagram = SignedDatagram.seal(SIGNER, new GossipMessage.Push(List.of(body)));

        assertThat(RecordCodec.record(body, Bytes.of(new byte[64]))).isNotEqualTo(datagram);
        assertThat(verifies(datagram.toArray())).isFalse();
    }
}
