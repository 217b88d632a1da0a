// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The packets that one element of a filter set matches: a prefix for each of one or two addresses,
 * all of one family.
 */
record Box(List<Cidr> sides) implements Comparable<Box> {
    private static final Comparator<Box> ORDER =
            Comparator.comparing((Box box) -> box.sides.getFirst())
                    .thenComparing(box -> box.sides.getLast());

    Box {
        sides = List.copyOf(sides);
        if (sides.stream().map(Cidr::isV6).distinct().count() != 1) {
            throw new IllegalArgumentException("one family for both ends, not " + sides);
        }
    }

    static Box of(Cidr... sides) {
        return new Box(List.of(sides));
    }

    boolean isV6() {
        return sides.getFirst().isV6();
    }

    boolean contains(Box other) {
        if (isV6() != other.isV6()) {
            return false;
        }
        for (int i = 0; i < sides.size(); i++) {
            if (!sides.get(i).contains(other.sides.get(i))) {
                return false;
            }
        }
        return true;
    }

    boolean overlaps(Box other) {
        for (int i = 0; i < sides.size(); i++) {
            if (!sides.get(i).overlaps(other.sides.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The sum of the lengths: the smaller, the more packets. */
    int length() {
        return sides.stream().mapToInt(Cidr::length).sum();
    }

    /** What is left of this box without the other: boxes that do not overlap. */
    List<Box> without(Box other) {
        if (!overlaps(other)) {
            return List.of(this);
        }
        var left = new ArrayList<Box>();
        var rest = new ArrayList<>(sides);
        for (int i = 0; i < sides.size(); i++) {
            while (rest.get(i).length() < other.sides.get(i).length()) {
                for (var half : halves(rest.get(i))) {
                    if (half.overlaps(other.sides.get(i))) {
                        rest.set(i, half);
                    } else {
                        var piece = new ArrayList<>(rest);
                        piece.set(i, half);
                        left.add(new Box(piece));
                    }
                }
            }
        }
        return left;
    }

    /** The prefix of this shorter length that holds the given one. */
    static Cidr widened(Cidr cidr, int length) {
        byte[] bytes = cidr.base().bytes().toArray();
        for (int bit = length; bit < cidr.length(); bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new Cidr(IpAddress.of(bytes), length);
    }

    private static List<Cidr> halves(Cidr whole) {
        int length = whole.length() + 1;
        byte[] upper = whole.base().bytes().toArray();
        upper[(length - 1) / 8] |= (byte) (0x80 >> (length - 1) % 8);
        return List.of(new Cidr(whole.base(), length), new Cidr(IpAddress.of(upper), length));
    }

    @Override
    public int compareTo(Box other) {
        return ORDER.compare(this, other);
    }

    /** As nft writes it: {@code 10.0.0.0/8 . 10.1.0.0/16}. */
    @Override
    public String toString() {
        return sides.stream().map(Cidr::toString).collect(Collectors.joining(" . "));
    }
}
