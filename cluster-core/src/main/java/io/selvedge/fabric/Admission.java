// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says which records of others are taken in. What is cheap to see is looked at first. */
final class Admission {
    private final RecordSet records;
    private final Predicate<SignedRecord> verifier;
    private final WriterQuotas quotas;
    private final long heldBytesMax;

    Admission(
            RecordSet records,
            Predicate<SignedRecord> verifier,
            WriterQuotas quotas,
            long heldBytesMax) {
        this.records = records;
        this.verifier = verifier;
        this.quotas = quotas;
        this.heldBytesMax = heldBytesMax;
    }

    /**
     * Why a record is not taken in, or null when it is, which counts against its writer's quota.
     *
     * @param own whether it was written with a key of this node, which has no quota
     * @param from who sent it; null when that is not proven, and so nobody can be blamed
     */
    @Nullable Refusal refuses(
            SignedRecord record, boolean own, @Nullable Neighbour from, Instant now) {
        var held = records.entry(record.scope(), record.slotHash());
        if (held == null
                && !quotas.isAuthority(record.header().writer())
                && records.bytes() + record.size() > heldBytesMax) {
            return Refusal.FULL;
        }
        var refusal = own ? null : quotas.refusal(record, held, now);
        if (refusal != null) {
            return refusal;
        }
        if (from != null && from.isForger(now)) {
            return Refusal.RATE;
        }
        if (!verifier.test(record)) {
            if (from != null) {
                from.forged();
            }
            return Refusal.BAD_SIGNATURE;
        }
        quotas.spend(record.header().writer(), now);
        return null;
    }
}
