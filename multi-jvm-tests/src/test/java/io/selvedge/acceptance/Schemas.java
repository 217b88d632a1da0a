// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.acceptance;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** The JSON schemas that ship, as judges of documents. */
final class Schemas {
    private Schemas() {}

    /** What is wrong with the document; empty when it is as the schema says. */
    static List<String> violations(String schema, String document) {
        var stream = Schemas.class.getResourceAsStream("/io/selvedge/schema/" + schema);
        if (stream == null) {
            throw new AssertionError("no schema " + schema);
        }
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(stream)
                .validate(document, InputFormat.JSON)
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
