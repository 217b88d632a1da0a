// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.lan;

import io.selvedge.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What keeps an announcement from strangers on the LAN: AES-256-GCM (NIST SP 800-38D) under the
 * fabric's LAN key, with a nonce drawn for each. It proves membership only; who speaks is proven by
 * the records inside.
 */
final class LanSeal {
    private static final byte[] CONTEXT = "selvedge lan 1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_SIZE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    LanSeal(Bytes key, SecureRandom random) {
        this.key = new SecretKeySpec(key.toArray(), "AES");
        this.random = random;
    }

    Bytes seal(Bytes announcement) {
        byte[] nonce = new byte[NONCE_SIZE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(announcement.toArray());
            return Bytes.of(
                    ByteBuffer.allocate(NONCE_SIZE + sealed.length).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    /** What was sealed; null when it was not, or under another key. */
    @Nullable Bytes open(Bytes datagram) {
        byte[] bytes = datagram.toArray();
        if (bytes.length < NONCE_SIZE) {
            return null;
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_SIZE));
            return Bytes.of(cipher.doFinal(bytes, NONCE_SIZE, bytes.length - NONCE_SIZE));
        } catch (GeneralSecurityException notOurs) {
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(CONTEXT);
        return cipher;
    }
}
