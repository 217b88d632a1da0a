// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordType;
import io.selvedge.model.Slot;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256 over bytes, and over the names of records. */
public final class Sha256 {
    private Sha256() {}

    public static Bytes of(Bytes bytes) {
        return Bytes.of(digest().digest(bytes.toArray()));
    }

    /** Each part is preceded by its length, so that no two slots give the same input. */
    static Bytes of(Slot slot) {
        var digest = digest();
        update(digest, slot.scope().toString());
        update(digest, slot.subject().toString());
        digest.update(ByteBuffer.allocate(4).putInt(slot.type().number()).flip());
        digest.update(slot.writer().bytes().toArray());
        return shortened(digest);
    }

    static Bytes of(RecordType type, Subject subject) {
        var digest = digest();
        digest.update(ByteBuffer.allocate(4).putInt(type.number()).flip());
        update(digest, subject.toString());
        return shortened(digest);
    }

    static Bytes shortened(MessageDigest digest) {
        return Bytes.of(Arrays.copyOf(digest.digest(), GossipMessage.HASH_SIZE));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
