// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.math.BigInteger;

/** A prefix of addresses, of either family; host bits are always zero. */
public record Cidr(IpAddress base, int length) implements Comparable<Cidr> {
    public Cidr {
        if (length < 0 || length > base.bits()) {
            throw new IllegalArgumentException(
                    "a prefix of " + base + " has 0 to " + base.bits() + " bits, not " + length);
        }
        if (!masked(base, length).equals(base)) {
            throw new IllegalArgumentException(
                    "'%s/%d' has host bits set; write %s/%d"
                            .formatted(base, length, masked(base, length), length));
        }
    }

    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a CIDR; write it as 10.244.1.0/24");
        }
        int length;
        try {
            length = Integer.parseInt(text.substring(slash + 1));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a CIDR; write it as 10.244.1.0/24");
        }
        return new Cidr(IpAddress.parse(text.substring(0, slash)), length);
    }

    public boolean isV6() {
        return base.isV6();
    }

    public boolean contains(IpAddress address) {
        return address.isV6() == isV6() && masked(address, length).equals(base);
    }

    public boolean contains(Cidr other) {
        return other.length >= length && contains(other.base);
    }

    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /** The address {@code index} places after the base; the index must lie within the prefix. */
    public IpAddress address(long index) {
        BigInteger offset = BigInteger.valueOf(index);
        if (index < 0 || offset.bitLength() > base.bits() - length) {
            throw new IllegalArgumentException(this + " has no address number " + index);
        }
        return after(offset);
    }

    /** How many places an address of this prefix is after the base; it must fit a long. */
    public long index(IpAddress address) {
        if (!contains(address)) {
            throw new IllegalArgumentException(address + " is not in " + this);
        }
        return number(address).subtract(number(base)).longValueExact();
    }

    /** The place of the prefix of {@code length} bits, within this one, that holds an address. */
    public long blockIndex(int length, IpAddress address) {
        if (!contains(address)) {
            throw new IllegalArgumentException(address + " is not in " + this);
        }
        return number(address)
                .subtract(number(base))
                .shiftRight(base.bits() - length)
                .longValueExact();
    }

    /** The number of prefixes of {@code length} bits within, or {@link Long#MAX_VALUE} if more. */
    public long blocks(int length) {
        int bits = length - this.length;
        if (bits < 0 || length > base.bits()) {
            throw new IllegalArgumentException(
                    "%s has no prefixes of %d bits".formatted(this, length));
        }
        return bits < Long.SIZE - 1 ? 1L << bits : Long.MAX_VALUE;
    }

    /** The prefix of {@code length} bits that is {@code index} places after the first within. */
    public Cidr block(int length, long index) {
        if (index < 0 || index >= blocks(length)) {
            throw new IllegalArgumentException(
                    "%s has no prefix number %d of %d bits".formatted(this, index, length));
        }
        var offset = BigInteger.valueOf(index).shiftLeft(base.bits() - length);
        return new Cidr(after(offset), length);
    }

    /** The first usable address of a pod CIDR: the gateway its pods are given. */
    public IpAddress gateway() {
        return length == base.bits() ? base : address(1);
    }

    @Override
    public int compareTo(Cidr other) {
        int byBase = base.compareTo(other.base);
        return byBase != 0 ? byBase : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return base + "/" + length;
    }

    private IpAddress after(BigInteger offset) {
        byte[] sum = number(base).add(offset).toByteArray();
        byte[] bytes = new byte[base.bits() / 8];
        int keep = Math.min(sum.length, bytes.length);
        System.arraycopy(sum, sum.length - keep, bytes, bytes.length - keep, keep);
        return IpAddress.of(bytes);
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.bytes().toArray());
    }

    private static IpAddress masked(IpAddress address, int length) {
        byte[] bytes = address.bytes().toArray();
        for (int i = 0; i < bytes.length; i++) {
            int keep = Math.clamp(length - i * 8L, 0, 8);
            bytes[i] &= (byte) (0xff00 >> keep);
        }
        return IpAddress.of(bytes);
    }
}
