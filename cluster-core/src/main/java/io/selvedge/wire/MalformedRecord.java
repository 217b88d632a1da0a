// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

/** That bytes which arrived are not a record, or not a datagram about records, and where. */
public final class MalformedRecord extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;

    public MalformedRecord(String field, String problem) {
        super(field + ": " + problem);
        this.field = field;
    }

    /** The path of the field at fault, as in {@code endpoint.port}. */
    public String field() {
        return field;
    }
}
