// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.RecordKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a writer may have one more record taken in. Writers without a quota of their own are
 * strangers: each has {@link Quota#STRANGER}, and all of them together one rate and {@value
 * #STRANGERS_BYTES_MAX} bytes. Nothing that is held is ever given up for it.
 */
final class WriterQuotas {
    static final long STRANGERS_BYTES_MAX = 1 << 20;

    private final RecordSet records;
    private final Map<RecordKey, TokenBucket> rates = new HashMap<>();
    private Function<RecordKey, @Nullable Quota> known = _ -> null;
    private @Nullable TokenBucket strangersRate;
    private long strangersBytes;
    private long counted = -1;

    WriterQuotas(RecordSet records) {
        this.records = records;
    }

    void become(Function<RecordKey, @Nullable Quota> quotas) {
        known = quotas;
        counted = -1;
        rates.keySet().removeIf(writer -> quotas.apply(writer) == null);
    }

    /** Why the record is not taken in, or null. Changes no quota. */
    @Nullable Refusal refusal(SignedRecord record, @Nullable Entry held, Instant now) {
        var writer = record.header().writer();
        var own = known.apply(writer);
        var quota = own == null ? Quota.STRANGER : own;
        var share = records.share(writer);
        long grows = record.size();
        if (held != null && !held.version().equals(record.version())) {
            grows -= held.bytes();
        }
        if (share.bytes() + grows > quota.bytesMax()
                || (held == null && share.records() >= quota.recordsMax())
                || (own == null && strangersBytes() + grows > STRANGERS_BYTES_MAX)) {
            return Refusal.FULL;
        }
        return rate(writer, own, now).isEmpty(now) ? Refusal.RATE : null;
    }

    /** Whether the writer is one whose word must find room: a full store fails closed. */
    boolean isAuthority(RecordKey writer) {
        return Quota.AUTHORITY.equals(known.apply(writer));
    }

    /** Counts a record that was taken in. */
    void spend(RecordKey writer, Instant now) {
        rate(writer, known.apply(writer), now).take(1);
    }

    private TokenBucket rate(RecordKey writer, @Nullable Quota own, Instant now) {
        if (own != null) {
            return rates.computeIfAbsent(
                    writer, _ -> new TokenBucket(own.perSecond(), own.burst(), now));
        }
        if (strangersRate == null) {
            strangersRate =
                    new TokenBucket(Quota.STRANGER.perSecond(), Quota.STRANGER.burst(), now);
        }
        return strangersRate;
    }

    /** Counted anew only after something changed: who floods a full store costs no count. */
    private long strangersBytes() {
        if (counted != records.revision()) {
            strangersBytes =
                    records.shares().stream()
                            .filter(share -> known.apply(share.writer()) == null)
                            .mapToLong(RecordSet.Share::bytes)
                            .sum();
            counted = records.revision();
        }
        return strangersBytes;
    }
}
