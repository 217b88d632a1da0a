// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.pki;

import io.selvedge.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A secret under a passphrase: AES-256-GCM, under a key that scrypt (RFC 7914) makes, with r = 8
 * and p = 1. Says nothing of the secret but its length.
 *
 * @param cost scrypt's N; at {@link #COST}, trying one passphrase takes 128 MiB
 */
public record SealedKey(int cost, Bytes salt, Bytes nonce, Bytes sealed) {
    public static final int COST = 1 << 17;

    /** A file that asks for more shall not take a machine's memory. */
    private static final int COST_MAX = 1 << 20;

    private static final int BLOCK = 8;
    private static final int SALT_SIZE = 16;
    private static final int NONCE_SIZE = 12;
    private static final int KEY_SIZE = 32;
    private static final int TAG_BITS = 128;

    public SealedKey {
        if (cost < 2 || cost > COST_MAX || Integer.bitCount(cost) != 1) {
            throw new IllegalArgumentException(
                    "scrypt's cost is a power of two up to %d, not %d".formatted(COST_MAX, cost));
        }
        if (nonce.size() != NONCE_SIZE) {
            throw new IllegalArgumentException("AES-GCM takes a nonce of 12 bytes");
        }
    }

    /**
     * Seals a secret.
     *
     * @param purpose bound to the seal: under another it does not open
     */
    public static SealedKey seal(
            Bytes secret, char[] passphrase, Bytes purpose, SecureRandom random) {
        byte[] salt = new byte[SALT_SIZE];
        byte[] nonce = new byte[NONCE_SIZE];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        var empty = new SealedKey(COST, Bytes.of(salt), Bytes.of(nonce), Bytes.EMPTY);
        try {
            var sealed = empty.run(true, secret, passphrase, purpose);
            return new SealedKey(COST, empty.salt, empty.nonce, sealed);
        } catch (InvalidCipherTextException onlyOnOpening) {
            throw new AssertionError(onlyOnOpening);
        }
    }

    /** The secret; empty when it is another passphrase or purpose, or the seal was changed. */
    public Optional<Bytes> open(char[] passphrase, Bytes purpose) {
        try {
            return Optional.of(run(false, sealed, passphrase, purpose));
        } catch (InvalidCipherTextException refused) {
            return Optional.empty();
        }
    }

    private Bytes run(boolean sealing, Bytes text, char[] passphrase, Bytes purpose)
            throws InvalidCipherTextException {
        byte[] password = new String(passphrase).getBytes(StandardCharsets.UTF_8);
        byte[] key = SCrypt.generate(password, salt.toArray(), cost, BLOCK, 1, KEY_SIZE);
        var cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(
                sealing,
                new AEADParameters(
                        new KeyParameter(key), TAG_BITS, nonce.toArray(), purpose.toArray()));
        byte[] in = text.toArray();
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int length = cipher.processBytes(in, 0, in.length, out, 0);
        cipher.doFinal(out, length);
        return Bytes.of(out);
    }
}
