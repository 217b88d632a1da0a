// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.testing;

import io.selvedge.fabric.RecordSigner;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ed25519 key pairs by number, the same on every run. */
public final class TestKeys {
    private static final Map<Integer, RecordSigner> SIGNERS = new ConcurrentHashMap<>();

    private TestKeys() {}

    public static RecordSigner signer(int number) {
        return SIGNERS.computeIfAbsent(number, TestKeys::generate);
    }

    private static RecordSigner generate(int number) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Constant((byte) number));
            var pair = generator.generateKeyPair();
            byte[] spki = pair.getPublic().getEncoded();
            var key =
                    new RecordKey(
                            Bytes.of(Arrays.copyOfRange(spki, spki.length - 32, spki.length)));
            return new RecordSigner(pair.getPrivate(), key);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    private static final class Constant extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte value;

        private Constant(byte value) {
            this.value = value;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, value);
        }
    }
}
