// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.actors.authority.AuthorityEvent;
import io.selvedge.actors.authority.AuthorityEvent.AddressAllocated;
import io.selvedge.actors.authority.AuthorityEvent.FabricCreated;
import io.selvedge.actors.authority.AuthorityEvent.NodeNamed;
import io.selvedge.actors.authority.AuthorityEvent.Published;
import io.selvedge.actors.authority.AuthorityJournal.Entry;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import io.selvedge.wire.MalformedRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lines of an {@link AuthorityLog}: a JSON object each. Of what was published the signed bytes
 * count; the fields beside them are for people.
 */
final class LogLines {
    static final int FORMAT = 1;

    private final RecordKey authority;
    private final RecordVerifier verifier = new RecordVerifier();

    LogLines(RecordKey authority) {
        this.authority = authority;
    }

    String head() throws IOException {
        var line = new LinkedHashMap<String, Object>();
        line.put("selvedgeAuthorityLog", FORMAT);
        line.put("authority", authority.hex());
        return JSON.std.asString(line);
    }

    void checkHead(String line) throws IOException {
        var head = JSON.std.mapFrom(line);
        if (!Integer.valueOf(FORMAT).equals(head.get("selvedgeAuthorityLog"))) {
            throw new IOException("is no authority log of format " + FORMAT);
        }
        if (!authority.hex().equals(head.get("authority"))) {
            throw new IOException(
                    "belongs to the authority key %s, not to %s"
                            .formatted(head.get("authority"), authority.hex()));
        }
    }

    String write(Entry entry) throws IOException {
        var line = new LinkedHashMap<String, Object>();
        line.put("event", entry.event().getClass().getSimpleName());
        switch (entry.event()) {
            case FabricCreated(var cluster, var epoch, var fabricCidr) -> {
                line.put("cluster", cluster);
                line.put("epoch", epoch);
                line.put("fabricCidr", fabricCidr.toString());
            }
            case NodeNamed(var name, var uid) -> {
                line.put("name", name);
                line.put("uid", uid);
            }
            case AddressAllocated(var uid, var address) -> {
                line.put("uid", uid);
                line.put("address", address.toString());
            }
            case Published(var scope, var subject, var version, var publication, var payload) -> {
                line.put("type", payload.type().toString());
                line.put("subject", subject.toString());
                line.put("scope", scope.toString());
                line.put("version", version.toString());
                if (publication > 0) {
                    line.put("publication", publication);
                }
                line.put("says", payload.toString());
                var record = entry.record();
                if (record == null) {
                    throw new IllegalArgumentException("published but not signed: " + subject);
                }
                line.put("record", record.bytes().hex());
            }
        }
        return JSON.std.asString(line);
    }

    Entry read(String line) throws IOException {
        try {
            var fields = JSON.std.mapFrom(line);
            String event = text(fields, "event");
            return switch (event) {
                case "FabricCreated" ->
                        new Entry(
                                new FabricCreated(
                                        text(fields, "cluster"),
                                        Long.parseLong(text(fields, "epoch")),
                                        Cidr.parse(text(fields, "fabricCidr"))),
                                null);
                case "NodeNamed" ->
                        new Entry(new NodeNamed(text(fields, "name"), text(fields, "uid")), null);
                case "AddressAllocated" -> new Entry(allocated(fields), null);
                case "Published" -> published(Bytes.ofHex(text(fields, "record")));
                default -> throw new IOException("has an event that is not known: " + event);
            };
        } catch (IllegalArgumentException malformed) {
            throw new IOException(malformed.getMessage(), malformed);
        }
    }

    private Entry published(Bytes bytes) throws IOException {
        try {
            var record = SignedRecord.parse(bytes);
            if (!record.header().writer().equals(authority) || !verifier.test(record)) {
                throw new IOException("has a record that the authority did not sign");
            }
            var said = record.statement();
            if (said.isEmpty()) {
                throw new IOException("has a record that this version cannot read");
            }
            return new Entry(event(said.get()), record);
        } catch (MalformedRecord malformed) {
            throw new IOException("has a malformed record: " + malformed.getMessage(), malformed);
        }
    }

    private static AuthorityEvent event(Statement said) {
        var head = said.header();
        return new Published(
                head.scope(), head.subject(), head.version(), head.publication(), said.payload());
    }

    private static AuthorityEvent allocated(Map<String, Object> fields) throws IOException {
        return new AddressAllocated(text(fields, "uid"), IpAddress.parse(text(fields, "address")));
    }

    private static String text(Map<String, Object> fields, String name) throws IOException {
        var value = fields.get(name);
        if (value == null) {
            throw new IOException("lacks the field " + name);
        }
        return value.toString();
    }
}
