// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IPv4 or IPv6 address. Ordered by family, then by number; an IPv4-mapped IPv6 literal is the
 * IPv4 address it maps.
 */
public record IpAddress(Bytes bytes) implements Comparable<IpAddress> {
    public IpAddress {
        if (bytes.size() != 4 && bytes.size() != 16) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.size());
        }
    }

    /** Parses a literal; names are never resolved. */
    public static IpAddress parse(String literal) {
        try {
            return new IpAddress(Bytes.of(InetAddress.ofLiteral(literal).getAddress()));
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException("'" + literal + "' is not an IP address");
        }
    }

    public static IpAddress of(byte[] bytes) {
        return new IpAddress(Bytes.of(bytes));
    }

    public boolean isV6() {
        return bytes.size() == 16;
    }

    /** The length of a prefix that holds this address alone: 32 or 128. */
    public int bits() {
        return bytes.size() * 8;
    }

    /** Whether other machines could reach it: not loopback, link-local, multicast or "any". */
    public boolean isOfUseToOthers() {
        var inet = toInetAddress();
        return !inet.isLoopbackAddress()
                && !inet.isLinkLocalAddress()
                && !inet.isMulticastAddress()
                && !inet.isAnyLocalAddress();
    }

    public Cidr asCidr() {
        return new Cidr(this, bits());
    }

    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(bytes.toArray());
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public int compareTo(IpAddress other) {
        int byFamily = Integer.compare(bytes.size(), other.bytes.size());
        return byFamily != 0 ? byFamily : bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return toInetAddress().getHostAddress();
    }
}
