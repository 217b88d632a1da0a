// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

/**
 * The public key that a node proves in IKE and TLS, as a DER SubjectPublicKeyInfo (RFC 5280). Peers
 * pin it from the node's grant, so no date can end it.
 */
public record IkeKey(Bytes spki) implements Comparable<IkeKey> {
    public IkeKey {
        if (spki.size() < 32) {
            throw new IllegalArgumentException("a public key of " + spki.size() + " bytes");
        }
    }

    public static IkeKey ofHex(String hex) {
        return new IkeKey(Bytes.ofHex(hex));
    }

    @Override
    public int compareTo(IkeKey other) {
        return spki.compareTo(other.spki);
    }

    @Override
    public String toString() {
        return spki.hex();
    }
}
