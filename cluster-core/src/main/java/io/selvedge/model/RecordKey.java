// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

/**
 * The Ed25519 public key that signs records (RFC 8032: 32 bytes): the writer itself, so that a
 * record verifies before its grant is known. Kept apart from the node's {@link IkeKey}.
 */
public record RecordKey(Bytes bytes) implements Comparable<RecordKey> {
    public RecordKey {
        if (bytes.size() != 32) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + bytes.size());
        }
    }

    public static RecordKey ofHex(String hex) {
        return new RecordKey(Bytes.ofHex(hex));
    }

    public String hex() {
        return bytes.hex();
    }

    @Override
    public int compareTo(RecordKey other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
