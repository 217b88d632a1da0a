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

    /**
     * The scopes that the sender holds, with the digests of what it holds of them.
     *
     * @param all the sender holds every scope; {@code scopes} are then those it wants compared, and
     *     the range says nothing
     * @param unheard the sender does not know the receiver's scopes and wants to be told
     */
    record Digests(
            boolean all,
            boolean unheard,
            @Nullable Scope after,
            @Nullable Scope upTo,
            List<ScopeDigest> scopes)
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
