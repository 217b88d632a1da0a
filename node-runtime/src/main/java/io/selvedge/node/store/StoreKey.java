// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key, of this node alone, that seals what it has verified, so that it need not verify it again
 * (HMAC-SHA-256, cut to {@value #SEAL_SIZE} bytes). Kept in a file with a checksum. Owned by one
 * thread.
 */
final class StoreKey {
    static final String NAME = "store.key";
    static final int SEAL_SIZE = 16;

    private static final int SIZE = 32;

    private final Mac mac;

    private StoreKey(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    /** The key that is there; null when there is none, or it is broken. */
    static @Nullable StoreKey read(Disk disk) throws IOException {
        byte[] file;
        try {
            file = disk.read(NAME);
        } catch (NoSuchFileException none) {
            return null;
        }
        byte[] key = Arrays.copyOf(file, SIZE);
        return Arrays.equals(file, file(key)) ? new StoreKey(key) : null;
    }

    /** Makes a key and puts it on disk. */
    static StoreKey mint(Disk disk, RandomGenerator random) throws IOException {
        byte[] key = new byte[SIZE];
        random.nextBytes(key);
        disk.replace(NAME, out -> out.write(file(key)));
        return new StoreKey(key);
    }

    /** The seal of a frame: over its place, and over its bytes, which begin at an index. */
    byte[] seal(Place place, byte[] bytes, int from) {
        mac.update(
                ByteBuffer.allocate(17)
                        .put((byte) place.file().part().number())
                        .putLong(place.file().generation())
                        .putLong(place.at())
                        .flip());
        mac.update(bytes, from, place.size() - SEAL_SIZE);
        return Arrays.copyOf(mac.doFinal(), SEAL_SIZE);
    }

    /** Whether the frame whose bytes begin at an index was sealed for this place. */
    boolean proves(Place place, byte[] bytes, int from) {
        int end = from + place.size();
        byte[] found = Arrays.copyOfRange(bytes, end - SEAL_SIZE, end);
        return MessageDigest.isEqual(found, seal(place, bytes, from));
    }

    private static byte[] file(byte[] key) {
        var crc = new CRC32C();
        crc.update(key);
        return ByteBuffer.allocate(SIZE + 4).put(key).putInt((int) crc.getValue()).array();
    }
}
