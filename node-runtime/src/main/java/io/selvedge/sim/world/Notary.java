// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.fabric.Verifier;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signs cheaply, and remembers what was signed: in a simulated world nobody can forge, because only
 * the holder of a {@link Signer} gets signatures that verify.
 */
public final class Notary implements Verifier {
    private static final int SIGNATURE = 64;

    private final Map<RecordKey, Map<String, Bytes>> bodies = new HashMap<>();
    private final Map<String, Set<RecordKey>> writers = new HashMap<>();
    private final Set<Bytes> signed = new HashSet<>();
    private final Set<RecordKey> dishonest = new HashSet<>();
    private @Nullable String equivocation;

    /** A signer with a key of its own. */
    public Signer signer(int number) {
        var bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number * 37 + i * 11 + (number >> 8));
        }
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return new Cheap(new RecordKey(Bytes.of(bytes)));
    }

    private static final class Cheap implements Signer {
        private final RecordKey key;

        Cheap(RecordKey key) {
            this.key = key;
        }

        @Override
        public RecordKey key() {
            return key;
        }

        @Override
        public Bytes sign(Bytes bytes) {
            return signature(key, bytes);
        }
    }

    /** From now on the holder of this key may contradict itself. */
    public void isDishonest(RecordKey key) {
        dishonest.add(key);
    }

    public boolean isHonest(RecordKey key) {
        return !dishonest.contains(key);
    }

    /**
     * The holder of this key does not know any more what it signed: until it hears it from others,
     * it cannot but use versions again.
     */
    void forgets(RecordKey key) {
        bodies.remove(key);
    }

    /** Writes down who signed what. */
    public void note(SignedRecord record) {
        var header = record.header();
        boolean isNew = signed.add(record.hash());
        var slot = record.slot() + "@" + header.version();
        writers.computeIfAbsent(
                        header.type() + " " + header.subject() + "@" + header.version(),
                        _ -> new HashSet<>())
                .add(header.writer());
        var before =
                bodies.computeIfAbsent(header.writer(), _ -> new HashMap<>())
                        .putIfAbsent(slot, record.body());
        if (isNew && before != null && !before.equals(record.body()) && isHonest(header.writer())) {
            equivocation =
                    "two payloads of version %s by %.8s; the second is %s of %s"
                            .formatted(
                                    header.version(),
                                    header.writer(),
                                    header.type(),
                                    header.subject());
        }
    }

    /** Whether its writer signed just this record. */
    public boolean isKnown(SignedRecord record) {
        return signed.contains(record.hash());
    }

    /** Who signed a record of this name, as reasons of plans name it. */
    public Set<RecordKey> writersOf(String record) {
        return writers.getOrDefault(record, Set.of());
    }

    /** The first proof that an honest writer contradicted itself; null when none did. */
    public @Nullable String equivocation() {
        return equivocation;
    }

    @Override
    public boolean verify(RecordKey key, Bytes bytes, Bytes signature) {
        return signature.equals(signature(key, bytes));
    }

    private static Bytes signature(RecordKey key, Bytes bytes) {
        long a = mix(0x9e3779b97f4a7c15L, key.bytes().toArray());
        long b = mix(a, bytes.toArray());
        var signature = new byte[SIGNATURE];
        for (int i = 0; i < SIGNATURE; i++) {
            signature[i] = (byte) ((i < 32 ? a + b : b) >>> (8 * (i % 8)));
        }
        return Bytes.of(signature);
    }

    private static long mix(long start, byte[] bytes) {
        long hash = start;
        for (byte each : bytes) {
            hash = (hash ^ each) * 0x100000001b3L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
