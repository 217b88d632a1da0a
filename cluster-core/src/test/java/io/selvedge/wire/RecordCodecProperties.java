// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordType;
import io.selvedge.testing.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecordCodecProperties {
    @Property(tries = 300)
    void everyPayloadComesBackAsItWas(@ForAll("payloads") Payload payload) throws MalformedRecord {
        var bytes = RecordCodec.payload(payload);

        assertThat(RecordCodec.payload(payload.type(), bytes)).isEqualTo(payload);
    }

    @Property(tries = 200)
    void everyRecordComesBackAsItWas(
            @ForAll("headers") Header header,
            @ForAll("payloadBytes") Bytes payload,
            @ForAll("signatures") Bytes signature)
            throws MalformedRecord {
        var body = RecordCodec.body(header, payload);

        var parts = RecordCodec.parse(RecordCodec.record(body, signature));

        assertThat(parts).isEqualTo(new RecordCodec.Parts(header, payload, body, signature));
    }

    /** Whatever arrives is a record or is refused; nothing else is ever thrown. */
    @Property(tries = 500)
    void noiseIsRefused(@ForAll("payloads") Payload payload, @ForAll byte noise, @ForAll int at) {
        byte[] bytes = RecordCodec.payload(payload).toArray();
        if (bytes.length > 0) {
            bytes[Math.floorMod(at, bytes.length)] = noise;
        }
        for (int type = 1; type <= 9; type++) {
            try {
                RecordCodec.payload(new RecordType(type), Bytes.of(bytes));
            } catch (MalformedRecord refused) {
                assertThat(refused.field()).isNotEmpty();
            }
        }
    }

    /** From the sealed type itself, so that a payload without a codec or an arbitrary fails. */
    @Provide
    Arbitrary<Payload> payloads() {
        return net.jqwik.api.Arbitraries.of(Payload.class.getPermittedSubclasses())
                .flatMap(Arbitraries::payloads);
    }

    @Provide
    Arbitrary<Header> headers() {
        return Combinators.combine(
                        net.jqwik.api.Arbitraries.integers().greaterOrEqual(1).map(RecordType::new),
                        Arbitraries.subjects(),
                        Arbitraries.recordKeys(),
                        Arbitraries.scopes(),
                        Arbitraries.versions(),
                        net.jqwik.api.Arbitraries.longs().greaterOrEqual(0))
                .as(Header::new);
    }

    @Provide
    Arbitrary<Bytes> payloadBytes() {
        return net.jqwik.api.Arbitraries.integers().between(0, 300).flatMap(Arbitraries::bytesOf);
    }

    @Provide
    Arbitrary<Bytes> signatures() {
        return Arbitraries.bytesOf(RecordCodec.SIGNATURE_SIZE);
    }
}
