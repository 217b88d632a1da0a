// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import io.selvedge.jvici.Message.Element;
import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** Messages as bytes and back. Names have at most 255 bytes, values at most 65,535. */
final class MessageCodec {
    private static final int SECTION_START = 1;
    private static final int SECTION_END = 2;
    private static final int KEY_VALUE = 3;
    private static final int LIST_START = 4;
    private static final int LIST_ITEM = 5;
    private static final int LIST_END = 6;

    /** Far above what charon sends (5); bounds the stack against a hostile peer. */
    private static final int DEPTH_MAX = 64;

    private MessageCodec() {}

    static void encode(Message message, ByteArrayOutputStream out) {
        message.elements()
                .forEach((name, element) -> {
                    switch (element) {
                        case Element.Value value -> {
                            out.write(KEY_VALUE);
                            name(name, out);
                            value(value.bytes(), out);
                        }
                        case Element.Items(var values) -> {
                            out.write(LIST_START);
                            name(name, out);
                            for (var value : values) {
                                out.write(LIST_ITEM);
                                value(value.bytes(), out);
                            }
                            out.write(LIST_END);
                        }
                        case Element.Section(var section) -> {
                            out.write(SECTION_START);
                            name(name, out);
                            encode(section, out);
                            out.write(SECTION_END);
                        }
                    }
                });
    }

    /** Reads all that remains as one message. */
    static Message decode(ByteBuffer in) throws ProtocolException {
        try {
            return section(in, 0);
        } catch (BufferUnderflowException truncated) {
            throw new ProtocolException("a VICI message that ends in the middle of an element");
        }
    }

    private static Message section(ByteBuffer in, int depth) throws ProtocolException {
        if (depth > DEPTH_MAX) {
            throw new ProtocolException("a VICI message nested deeper than " + DEPTH_MAX);
        }
        var message = Message.builder();
        while (in.hasRemaining()) {
            int type = in.get();
            switch (type) {
                case SECTION_START -> message.section(name(in), section(in, depth + 1));
                case KEY_VALUE -> message.put(name(in), value(in));
                case LIST_START -> items(name(in), in, message);
                case SECTION_END -> {
                    if (depth == 0) {
                        throw new ProtocolException("a VICI section ends that never started");
                    }
                    return message.build();
                }
                default -> throw new ProtocolException("VICI element type " + type + " here");
            }
        }
        if (depth > 0) {
            throw new ProtocolException("a VICI section that never ends");
        }
        return message.build();
    }

    private static void items(String name, ByteBuffer in, Message.Builder message)
            throws ProtocolException {
        var items = new ArrayList<byte[]>();
        int type = in.get();
        while (type == LIST_ITEM) {
            items.add(value(in));
            type = in.get();
        }
        if (type != LIST_END) {
            throw new ProtocolException("VICI element type " + type + " in list '" + name + "'");
        }
        message.listBytes(name, items);
    }

    static void name(String name, ByteArrayOutputStream out) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > 0xff) {
            throw new IllegalArgumentException("a VICI name has 1 to 255 bytes: '" + name + "'");
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    static String name(ByteBuffer in) {
        byte[] bytes = new byte[Byte.toUnsignedInt(in.get())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void value(byte[] bytes, ByteArrayOutputStream out) {
        if (bytes.length > 0xffff) {
            throw new IllegalArgumentException(
                    "a VICI value has at most 65535 bytes, not " + bytes.length);
        }
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static byte[] value(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return bytes;
    }
}
