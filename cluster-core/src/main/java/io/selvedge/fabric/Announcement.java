// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Payload.Endpoint;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells its LAN of itself: its grant and its endpoint, each as signed, so that members
 * of a Community find each other with nothing but the LAN between them (N6). Replayed, it says
 * nothing new; forged, it does not verify.
 */
final class Announcement {
    private static final int RECORDS_MAX = 2;

    private Announcement() {}

    sealed interface Read {}

    /** Records of one node, not verified yet. */
    record Heard(Subject node, List<Bytes> records) implements Read {}

    record Unusable(String why) implements Read {}

    /** The announcement of the node in whose scope the records are; null without an endpoint. */
    static @Nullable Bytes of(List<SignedRecord> ownScope, View view) {
        var told = new ArrayList<Bytes>();
        boolean granted = false;
        boolean complete = false;
        for (var record : ownScope) {
            var subject = record.header().subject();
            switch (record.statement().map(Statement::payload).orElse(null)) {
                case NodeGrant says -> {
                    var believed = view.grant(subject);
                    if (!granted && believed != null && believed.says().equals(says)) {
                        told.add(record.bytes());
                        granted = true;
                    }
                }
                case Endpoint _ -> {
                    var grant = view.grant(subject);
                    if (grant != null
                            && grant.says().isEdge()
                            && grant.says().recordKey().equals(record.header().writer())) {
                        told.add(record.bytes());
                        complete = true;
                    }
                }
                case null, default -> {}
            }
        }
        return complete && told.size() == RECORDS_MAX
                ? GossipCodec.encode(new GossipMessage.Push(told))
                : null;
    }

    static Read read(Bytes announcement) {
        try {
            if (!(GossipCodec.decode(announcement) instanceof GossipMessage.Push(var records))
                    || records.isEmpty()
                    || records.size() > RECORDS_MAX) {
                return new Unusable("an announcement is a grant and an endpoint");
            }
            var node = SignedRecord.parse(records.getFirst()).header().subject();
            for (var bytes : records) {
                var header = SignedRecord.parse(bytes).header();
                if (!header.subject().equals(node)
                        || !header.scope().equals(new Scope.OfNode(node))) {
                    return new Unusable("an announcement is of one node");
                }
            }
            return new Heard(node, records);
        } catch (MalformedRecord malformed) {
            return new Unusable(String.valueOf(malformed.getMessage()));
        }
    }
}
