// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageCodecTest {

    @Test
    void encodesAsThePluginDocuments() {
        var message =
                Message.builder()
                        .put("key1", "value1")
                        .section(
                                "section1",
                                Message.builder()
                                        .section(
                                                "sub",
                                                Message.builder().put("key2", "value2").build())
                                        .list("list1", List.of("item1", "item2"))
                                        .build())
                        .build();

        var out = new ByteArrayOutputStream();
        MessageCodec.encode(message, out);

        assertThat(HexFormat.of().formatHex(out.toByteArray()))
                .isEqualTo(
                        "03046b6579310006"
                                + hex("value1")
                                + "0108"
                                + hex("section1")
                                + "0103"
                                + hex("sub")
                                + "0304"
                                + hex("key2")
                                + "0006"
                                + hex("value2")
                                + "02"
                                + "0405"
                                + hex("list1")
                                + "050005"
                                + hex("item1")
                                + "050005"
                                + hex("item2")
                                + "06"
                                + "02");
    }

    @ParameterizedTest
    @CsvSource({
        "02, a section ends that was never started",
        "010161, a section that never ends",
        "0301610005, a value of 5 bytes, none there",
        "03, no name",
        "040161, a list that never ends",
        "04016101016102, a section within a list",
        "04016104016206, a list within a list",
        "05000161, an item outside a list",
        "06, a list ends that was never started",
        "07, no such element",
        "00, no such element",
        "ff, no such element",
    })
    void refusesWhatIsMalformed(String hex, String why) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> MessageCodec.decode(ByteBuffer.wrap(bytes)))
                .as(why)
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesAbsurdNesting() {
        byte[] bytes = HexFormat.of().parseHex("010161".repeat(100_000));

        assertThatThrownBy(() -> MessageCodec.decode(ByteBuffer.wrap(bytes)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("nested");
    }

    @ParameterizedTest
    @CsvSource({"'',empty", "08,type 8 is unknown", "ff,type -1 is unknown", "0705,no name"})
    void refusesPacketsWithoutAHead(String hex, String why) {
        assertThatThrownBy(() -> Packet.decode(HexFormat.of().parseHex(hex)))
                .as(why)
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesToWriteWhatTheProtocolCannotSay() {
        var longName = Message.builder().put("x".repeat(256), "v").build();
        var longValue = Message.builder().put("x", new byte[0x10000]).build();

        for (var message : List.of(longName, longValue)) {
            assertThatThrownBy(() -> MessageCodec.encode(message, new ByteArrayOutputStream()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void viewsOfWhatIsAbsentAreEmpty() {
        assertThat(Message.EMPTY.text("a")).isNull();
        assertThat(Message.EMPTY.bytes("a")).isNull();
        assertThat(Message.EMPTY.number("a")).isZero();
        assertThat(Message.EMPTY.texts("a")).isEmpty();
        assertThat(Message.EMPTY.section("a").isEmpty()).isTrue();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
