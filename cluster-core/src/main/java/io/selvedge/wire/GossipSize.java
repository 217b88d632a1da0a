// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import com.google.protobuf.CodedOutputStream;
import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The sizes of encoded gossip, found without encoding it: budgets are counted for each message. */
final class GossipSize {
    private static final int TAG = 1;

    private GossipSize() {}

    static int of(GossipMessage message) {
        return nested(
                switch (message) {
                    case GossipMessage.Summary(var interests, var known, var digest) ->
                            bytes(interests) + bytes(known) + bytes(digest);
                    case GossipMessage.Agreed(var digest) -> bytes(digest);
                    case GossipMessage.Interests(
                                    var all,
                                    var whole,
                                    var after,
                                    var upTo,
                                    var hashes) ->
                            (all ? TAG + 1 : 0)
                                    + bytes(whole)
                                    + bytes(after)
                                    + bytes(upTo)
                                    + bytes(hashes);
                    case GossipMessage.Buckets(var scope, var bits, var first, var digests) ->
                            scope(scope) + number(bits) + number(first) + bytes(digests);
                    case GossipMessage.Digests(var after, var upTo, var scopes) ->
                            bytes(after) + bytes(upTo) + sum(scopes, each -> nested(digest(each)));
                    case GossipMessage.Listing(var scope, var after, var upTo, var held) ->
                            scope(scope)
                                    + bytes(after)
                                    + bytes(upTo)
                                    + sum(held, each -> nested(held(each)));
                    case GossipMessage.Push(var records) ->
                            sum(records, record -> nested(record.size()));
                    case GossipMessage.Pull(var scope, var slots) ->
                            scope(scope) + sum(slots, slot -> nested(slot.size()));
                });
    }

    private static int digest(GossipMessage.ScopeDigest each) {
        return scope(each.scope()) + bytes(each.digest());
    }

    private static int held(GossipMessage.Held held) {
        var version = held.version();
        return bytes(held.slot())
                + number(version.epoch())
                + number(version.sequence())
                + bytes(held.hash());
    }

    private static <T> int sum(List<T> items, ToIntFunction<T> size) {
        int sum = 0;
        for (var item : items) {
            sum += size.applyAsInt(item);
        }
        return sum;
    }

    private static int scope(@Nullable Scope scope) {
        return scope == null ? 0 : nested(scope.toString().getBytes(StandardCharsets.UTF_8).length);
    }

    /** A field that is left out when it is empty. */
    private static int bytes(@Nullable Bytes value) {
        return value == null || value.size() == 0 ? 0 : nested(value.size());
    }

    private static int number(long value) {
        return value == 0 ? 0 : TAG + CodedOutputStream.computeUInt64SizeNoTag(value);
    }

    private static int nested(int size) {
        return TAG + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }
}
