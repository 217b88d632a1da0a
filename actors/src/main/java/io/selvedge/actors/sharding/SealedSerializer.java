// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import akka.actor.ExtendedActorSystem;
import akka.serialization.SerializerWithStringManifest;
import akka.serialization.jackson.JacksonCborSerializer;
import io.selvedge.model.Bytes;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes what is {@link Sent} as CBOR under an HMAC-SHA256 (RFC 2104), whose key cloud nodes alone
 * can have. Edges are members of the same cluster, and with its certificates could tell an entity
 * what they like; what has no such seal is dropped before it is read.
 */
public final class SealedSerializer extends SerializerWithStringManifest {
    /** The setting with the key, in hex. */
    static final String KEY = "selvedge.sharding.seal-key";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SEAL = 32;

    private final JacksonCborSerializer inner;
    private final SecretKeySpec key;

    /** For Akka, which names the binding. */
    public SealedSerializer(ExtendedActorSystem system, String binding) {
        this.inner = new JacksonCborSerializer(system, binding);
        var hex = system.settings().config().getString(KEY);
        this.key = new SecretKeySpec(Bytes.ofHex(hex).toArray(), ALGORITHM);
    }

    @Override
    public int identifier() {
        return inner.identifier();
    }

    @Override
    public String manifest(Object sent) {
        return inner.manifest(sent);
    }

    @Override
    public byte[] toBinary(Object sent) {
        byte[] body = inner.toBinary(sent);
        byte[] seal = seal(inner.manifest(sent), body);
        byte[] sealed = Arrays.copyOf(seal, SEAL + body.length);
        System.arraycopy(body, 0, sealed, SEAL, body.length);
        return sealed;
    }

    @Override
    public Object fromBinary(byte[] sealed, String manifest) throws NotSerializableException {
        if (sealed.length < SEAL) {
            throw new NotSerializableException("a message to an entity without a seal");
        }
        byte[] body = Arrays.copyOfRange(sealed, SEAL, sealed.length);
        byte[] claimed = Arrays.copyOf(sealed, SEAL);
        if (!MessageDigest.isEqual(claimed, seal(manifest, body))) {
            throw new NotSerializableException("a message to an entity under a wrong seal");
        }
        return inner.fromBinary(body, manifest);
    }

    private byte[] seal(String manifest, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(manifest.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(body);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
