// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.TextNode;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.wire.MalformedRecord;
import java.io.IOException;

/** The record that a journal's bytes are; nothing beside them counts. */
final class RecordDeserializer extends StdDeserializer<SignedRecord> {
    RecordDeserializer() {
        super(SignedRecord.class);
    }

    @Override
    public SignedRecord deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        var bytes = parser.readValueAsTree().get("bytes");
        if (!(bytes instanceof TextNode text)) {
            return context.reportInputMismatch(this, "a record without its bytes");
        }
        try {
            return SignedRecord.parse(Bytes.ofHex(text.textValue()));
        } catch (MalformedRecord malformed) {
            return context.reportInputMismatch(this, "%s", malformed.getMessage());
        }
    }
}
