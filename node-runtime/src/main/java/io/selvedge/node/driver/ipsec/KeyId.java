// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import io.selvedge.model.IkeKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name that strongSwan gives a key: the SHA-1, in hex, of the bits of its subjectPublicKey (RFC
 * 5280, 4.2.1.2, method 1). It identifies and proves nothing.
 */
final class KeyId {
    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;

    private KeyId() {}

    static String of(IkeKey key) {
        var info = ByteBuffer.wrap(key.spki().toArray());
        try {
            enter(info, SEQUENCE);
            int algorithm = enter(info, SEQUENCE);
            info.position(info.position() + algorithm);
            byte[] bits = new byte[enter(info, BIT_STRING) - 1];
            info.get();
            info.get(bits);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bits));
        } catch (BufferUnderflowException
                | NegativeArraySizeException
                | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("no DER SubjectPublicKeyInfo: " + key, malformed);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Reads the head of a DER element and returns the length of its content. */
    private static int enter(ByteBuffer der, int tag) {
        int found = Byte.toUnsignedInt(der.get());
        if (found != tag) {
            throw new IllegalArgumentException("DER tag " + found + ", not " + tag);
        }
        int length = Byte.toUnsignedInt(der.get());
        if (length < 0x80) {
            return length;
        }
        int value = 0;
        for (int i = 0; i < (length & 0x7f); i++) {
            value = value << 8 | Byte.toUnsignedInt(der.get());
        }
        return value;
    }
}
