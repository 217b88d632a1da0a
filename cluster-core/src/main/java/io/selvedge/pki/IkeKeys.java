// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.pki;

import io.selvedge.model.Bytes;
import io.selvedge.model.IkeKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/** The P-256 key pair that a node proves in IKE (as a raw public key) and in TLS. */
public record IkeKeys(PrivateKey privateKey, IkeKey ikeKey) {
    private static final String CURVE = "secp256r1";

    public static IkeKeys generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            var pair = generator.generateKeyPair();
            return new IkeKeys(pair.getPrivate(), ikeKey(pair.getPublic()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no P-256", missing);
        }
    }

    public static IkeKeys fromPem(String pem) {
        var key = Pkcs8.fromPem(pem, "EC");
        if (!(key instanceof ECPrivateKey ec) || ec.getParams().getOrder().bitLength() != 256) {
            throw new IllegalArgumentException(
                    "not a P-256 key; make one with genpkey -algorithm EC");
        }
        var g = CustomNamedCurves.getByName(CURVE).getG();
        var w = g.multiply(ec.getS()).normalize();
        var point =
                new ECPoint(w.getAffineXCoord().toBigInteger(), w.getAffineYCoord().toBigInteger());
        try {
            var spec = new ECPublicKeySpec(point, ec.getParams());
            return new IkeKeys(key, ikeKey(KeyFactory.getInstance("EC").generatePublic(spec)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public String toPem() {
        return Pkcs8.toPem(privateKey);
    }

    public PublicKey publicKey() {
        return publicKey(ikeKey);
    }

    public static IkeKey ikeKey(PublicKey key) {
        return new IkeKey(Bytes.of(key.getEncoded()));
    }

    public static PublicKey publicKey(IkeKey key) {
        try {
            var spec = new X509EncodedKeySpec(key.spki().toArray());
            return KeyFactory.getInstance("EC").generatePublic(spec);
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException("not an EC public key: " + key, malformed);
        }
    }

    @Override
    public String toString() {
        return "IkeKeys[" + ikeKey + "]";
    }
}
