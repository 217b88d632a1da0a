// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import com.google.protobuf.ByteString;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.wire.proto.CidrProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Single fields as they arrive, each checked and named in what is thrown. */
final class Fields {
    /** Long enough for any name of Kubernetes with a prefix, short enough for a datagram. */
    static final int NAME_SIZE_MAX = 320;

    private static final byte[] V4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private Fields() {}

    /** How one element of a repeated field is read. */
    @FunctionalInterface
    interface Reader<F, T> {
        T read(String field, F value) throws MalformedRecord;
    }

    /** What the model makes of a value; the model's refusal becomes the field's. */
    static <T> T checked(String field, Supplier<T> value) throws MalformedRecord {
        try {
            return value.get();
        } catch (IllegalArgumentException refused) {
            throw new MalformedRecord(field, String.valueOf(refused.getMessage()));
        }
    }

    static Bytes bytes(ByteString value) {
        return Bytes.of(value.toByteArray());
    }

    static Bytes bytes(String field, ByteString value, int size) throws MalformedRecord {
        if (value.size() != size) {
            throw new MalformedRecord(field, "has %d bytes, not %d".formatted(value.size(), size));
        }
        return bytes(value);
    }

    static ByteString string(Bytes value) {
        return ByteString.copyFrom(value.toArray());
    }

    static int number(String field, int value, int min, int max) throws MalformedRecord {
        if (value < min || value > max) {
            throw new MalformedRecord(
                    field,
                    "%s is not within %d to %d"
                            .formatted(Integer.toUnsignedString(value), min, max));
        }
        return value;
    }

    static long count(String field, long value) throws MalformedRecord {
        if (value < 0) {
            throw new MalformedRecord(field, Long.toUnsignedString(value) + " is too large");
        }
        return value;
    }

    static String name(String field, String value) throws MalformedRecord {
        if (value.isEmpty()) {
            throw new MalformedRecord(field, "is empty");
        }
        return text(field, value);
    }

    static String text(String field, String value) throws MalformedRecord {
        if (value.length() > NAME_SIZE_MAX) {
            throw new MalformedRecord(
                    field,
                    "has %d characters; at most %d".formatted(value.length(), NAME_SIZE_MAX));
        }
        return value;
    }

    static Subject subject(String field, String value) throws MalformedRecord {
        text(field, value);
        return checked(field, () -> Subject.parse(value));
    }

    /** A scope has one spelling only, or one scope would be several digests. */
    static Scope scope(String field, String value) throws MalformedRecord {
        text(field, value);
        var scope = checked(field, () -> Scope.parse(value));
        if (!scope.toString().equals(value) || value.endsWith(":")) {
            throw new MalformedRecord(field, "'" + value + "' is not a scope");
        }
        return scope;
    }

    /** An address has one spelling only: IPv4 is never sent as IPv4-mapped IPv6. */
    static IpAddress address(String field, ByteString value) throws MalformedRecord {
        byte[] bytes = value.toByteArray();
        if (bytes.length == 16 && Arrays.equals(bytes, 0, 12, V4_MAPPED, 0, 12)) {
            throw new MalformedRecord(field, "is IPv4 in 16 bytes; IPv4 travels in 4");
        }
        return checked(field, () -> IpAddress.of(bytes));
    }

    static <F, T> List<T> list(String field, List<F> values, Reader<F, T> reader)
            throws MalformedRecord {
        var list = new ArrayList<T>(values.size());
        for (F value : values) {
            list.add(reader.read(field, value));
        }
        return list;
    }

    static <F, T extends Comparable<? super T>> SortedSet<T> set(
            String field, List<F> values, Reader<F, T> reader) throws MalformedRecord {
        return new TreeSet<>(list(field, values, reader));
    }

    static List<CidrProto> cidrs(Collection<Cidr> cidrs) {
        return cidrs.stream().map(Fields::cidr).toList();
    }

    static CidrProto cidr(Cidr cidr) {
        return CidrProto.newBuilder()
                .setAddress(string(cidr.base().bytes()))
                .setLength(cidr.length())
                .build();
    }

    static SortedSet<Cidr> cidrs(String field, List<CidrProto> protos) throws MalformedRecord {
        return set(field, protos, Fields::cidr);
    }

    static Cidr cidr(String field, CidrProto proto) throws MalformedRecord {
        var base = address(field, proto.getAddress());
        return checked(field, () -> new Cidr(base, proto.getLength()));
    }

    static List<ByteString> addresses(List<IpAddress> addresses) {
        return addresses.stream().map(address -> string(address.bytes())).toList();
    }

    static List<IpAddress> addresses(String field, List<ByteString> protos) throws MalformedRecord {
        return list(field, protos, Fields::address);
    }
}
