// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.selvedge.fabric.SignedRecord;
import java.io.IOException;

/** A signed record: what it says, for people, and its bytes, which alone are read again. */
final class RecordSerializer extends StdSerializer<SignedRecord> {
    RecordSerializer() {
        super(SignedRecord.class);
    }

    @Override
    public void serialize(SignedRecord record, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        var header = record.header();
        json.writeStartObject();
        json.writeStringField("type", header.type().toString());
        json.writeStringField("subject", header.subject().toString());
        json.writeStringField("scope", header.scope().toString());
        json.writeStringField("version", header.version().toString());
        if (header.publication() > 0) {
            json.writeNumberField("publication", header.publication());
        }
        json.writeStringField(
                "says", record.statement().map(said -> said.payload().toString()).orElse("?"));
        json.writeStringField("bytes", record.bytes().hex());
        json.writeEndObject();
    }
}
