// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import io.selvedge.model.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node says to another about records, in one datagram. Ranges hold what lies behind {@code
 * after} up to and with {@code upTo}; null leaves that side open. So each datagram means something
 * whatever becomes of the others.
 */
public sealed interface GossipMessage {
    /** The size in bytes of slot hashes, of body hashes in listings, and of digests. */
    int HASH_SIZE = 16;

    /** The size in bytes of scope hashes, of digests over them, and of bucket digests. */
    int SHORT_SIZE = 8;

    /**
     * That the sender is there, and what it holds, in a few bytes.
     *
     * @param interests the digest over the scopes that the sender keeps
     * @param known the digest over those that it believes the receiver to keep; empty when it has
     *     not been told
     * @param digest over what it holds of all scopes that both keep
     */
    record Summary(Bytes interests, Bytes known, Bytes digest) implements GossipMessage {}

    /** The answer to a summary with whose digest the sender agrees. */
    record Agreed(Bytes digest) implements GossipMessage {}

    /**
     * The scopes that the sender keeps, in a range of scope hashes.
     *
     * @param all the sender keeps every scope; the range then says nothing
     * @param whole the digest over all that it keeps, of any range
     * @param after {@value #SHORT_SIZE} bytes, as {@code upTo}
     * @param hashes {@value #SHORT_SIZE} bytes for each scope
     */
    record Interests(
            boolean all, Bytes whole, @Nullable Bytes after, @Nullable Bytes upTo, Bytes hashes)
            implements GossipMessage {}

    /**
     * What the sender holds, in buckets by the first bits of hashes: of one scope by slots; without
     * a scope, of all that both keep by scopes.
     *
     * @param bits there are two to the power of this many buckets
     * @param first the bucket that the first digest is of
     * @param digests {@value #SHORT_SIZE} bytes for each of consecutive buckets
     */
    record Buckets(@Nullable Scope scope, int bits, int first, Bytes digests)
            implements GossipMessage {
        /** There are no more buckets than this many bits make. */
        public static final int BITS_MAX = 10;
    }

    /**
     * Of the scopes that both keep all of which the sender holds something, in a range of scope
     * hashes.
     *
     * @param after {@value #SHORT_SIZE} bytes, as {@code upTo}
     */
    record Digests(@Nullable Bytes after, @Nullable Bytes upTo, List<ScopeDigest> scopes)
            implements GossipMessage {
        public Digests {
            scopes = List.copyOf(scopes);
        }
    }

    /** A digest over all records held of one scope; equal digests are equal sets. */
    record ScopeDigest(Scope scope, Bytes digest) {}

    /** All that the sender holds in a range of slot hashes of one scope. */
    record Listing(Scope scope, @Nullable Bytes after, @Nullable Bytes upTo, List<Held> held)
            implements GossipMessage {
        public Listing {
            held = List.copyOf(held);
        }
    }

    /** One record in a listing. A slot with a proof of equivocation is listed twice. */
    record Held(Bytes slot, Version version, Bytes hash) {}

    /** Records, each in the bytes that {@link RecordCodec#parse} reads. */
    record Push(List<Bytes> records) implements GossipMessage {
        public Push {
            records = List.copyOf(records);
        }
    }

    /** The slots of one scope of which the sender wants what the receiver holds. */
    record Pull(Scope scope, List<Bytes> slots) implements GossipMessage {
        public Pull {
            slots = List.copyOf(slots);
        }
    }
}
