// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ProtocolException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

class MessageCodecProperties {

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void decodingGivesBackWhatWasEncoded(
            @ForAll("messages") Message message, @ForAll("kinds") Packet.Kind kind)
            throws ProtocolException {
        var packet = new Packet(kind, named(kind) ? "list-sas" : "", message);

        assertThat(Packet.decode(packet.encode())).isEqualTo(packet);
    }

    @Property(tries = 2000)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 40) byte[] bytes) {
        try {
            assertThat(Packet.decode(bytes)).isNotNull();
        } catch (ProtocolException refused) {
            assertThat(refused).hasMessageContaining("VICI");
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyTruncationIsReadOrRefused(
            @ForAll("messages") Message message, @ForAll("cuts") double cut) {
        byte[] whole = new Packet(Packet.Kind.RESPONSE, "", message).encode();
        byte[] part = java.util.Arrays.copyOf(whole, 1 + (int) ((whole.length - 1) * cut));

        anyBytesAreReadOrRefused(part);
    }

    @Provide
    Arbitrary<Double> cuts() {
        return Arbitraries.doubles().between(0, 1);
    }

    @Provide
    Arbitrary<Packet.Kind> kinds() {
        return Arbitraries.of(Packet.Kind.class);
    }

    @Provide
    Arbitrary<Message> messages() {
        return Arbitraries.integers().between(0, 3).flatMap(this::message);
    }

    private Arbitrary<Message> message(int depth) {
        var names = Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(12);
        var values = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        var choices = new java.util.ArrayList<Arbitrary<Object>>();
        choices.add(values.map(value -> value));
        choices.add(values.list().ofMaxSize(4).map(value -> value));
        if (depth > 0) {
            choices.add(message(depth - 1).map(value -> value));
        }
        return names.flatMap(name -> Arbitraries.oneOf(choices).map(v -> Tuple.of(name, v)))
                .list()
                .ofMaxSize(4)
                .map(entries -> {
                    var builder = Message.builder();
                    for (var entry : entries) {
                        put(builder, entry.get1(), entry.get2());
                    }
                    return builder.build();
                });
    }

    private static void put(Message.Builder builder, String name, Object value) {
        switch (value) {
            case byte[] bytes -> builder.put(name, bytes);
            case List<?> items ->
                    builder.listBytes(name, items.stream().map(byte[].class::cast).toList());
            case Message section -> builder.section(name, section);
            default -> throw new AssertionError(value);
        }
    }

    private static boolean named(Packet.Kind kind) {
        return switch (kind) {
            case COMMAND, EVENT_REGISTER, EVENT_UNREGISTER, EVENT -> true;
            case RESPONSE, COMMAND_UNKNOWN, EVENT_CONFIRM, EVENT_UNKNOWN -> false;
        };
    }
}
