// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the elements of a set from nft's JSON, prefixes and ranges and single addresses. */
final class NftElements {
    private NftElements() {}

    /** The boxes of an element; several where somebody added a range that is no prefix. */
    static List<Box> boxes(Object element) {
        var boxes = new ArrayList<List<Cidr>>(List.of(List.of()));
        for (Object side : sides(element)) {
            var longer = new ArrayList<List<Cidr>>();
            for (var start : boxes) {
                for (var prefix : prefixes(side)) {
                    var sides = new ArrayList<>(start);
                    sides.add(prefix);
                    longer.add(sides);
                }
            }
            boxes = longer;
        }
        return boxes.stream().map(Box::new).toList();
    }

    /** An element of the set of covered elements: set, then address and length of each side. */
    static Element covered(Object element) {
        var part = sides(element).stream().map(Object::toString).toList();
        var set = FilterSet.of(Integer.parseInt(part.getFirst()));
        var sides = new ArrayList<Cidr>();
        for (int i = 0; i < set.sides; i++) {
            var length = Integer.parseInt(part.get(2 + 2 * i));
            sides.add(new Cidr(IpAddress.parse(part.get(1 + 2 * i)), length));
        }
        return new Element(set, new Box(sides));
    }

    private static List<?> sides(Object element) {
        return switch (element) {
            case Map<?, ?> map when map.get("elem") instanceof Map<?, ?> dressed ->
                    sides(Objects.requireNonNull(dressed.get("val")));
            case Map<?, ?> map when map.get("concat") instanceof List<?> sides -> sides;
            default -> List.of(element);
        };
    }

    private static List<Cidr> prefixes(Object side) {
        if (side instanceof Map<?, ?> map) {
            if (map.get("prefix") instanceof Map<?, ?> prefix) {
                return List.of(Cidr.parse(prefix.get("addr") + "/" + prefix.get("len")));
            }
            if (map.get("range") instanceof List<?> range) {
                return prefixes(
                        IpAddress.parse(String.valueOf(range.getFirst())),
                        IpAddress.parse(String.valueOf(range.getLast())));
            }
        }
        return List.of(IpAddress.parse(side.toString()).asCidr());
    }

    /** The fewest prefixes that make up the range. */
    private static List<Cidr> prefixes(IpAddress first, IpAddress last) {
        var prefixes = new ArrayList<Cidr>();
        var end = number(last);
        for (var next = number(first); next.compareTo(end) <= 0; ) {
            var room = end.subtract(next).add(BigInteger.ONE).bitLength() - 1;
            int zeros = next.signum() == 0 ? first.bits() : next.getLowestSetBit();
            int free = Math.min(zeros, room);
            prefixes.add(new Cidr(address(next, first.bits()), first.bits() - free));
            next = next.add(BigInteger.ONE.shiftLeft(free));
        }
        return Collections.unmodifiableList(prefixes);
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.bytes().toArray());
    }

    private static IpAddress address(BigInteger number, int bits) {
        byte[] bytes = new byte[bits / 8];
        byte[] significant = number.toByteArray();
        int keep = Math.min(significant.length, bytes.length);
        System.arraycopy(significant, significant.length - keep, bytes, bytes.length - keep, keep);
        return IpAddress.of(bytes);
    }
}
