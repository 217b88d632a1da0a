// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * One frame of the protocol, without its length.
 *
 * @param name of the command or event; empty for the kinds that carry none
 */
record Packet(Kind kind, String name, Message message) {

    enum Kind {
        COMMAND(0, true),
        RESPONSE(1, false),
        COMMAND_UNKNOWN(2, false),
        EVENT_REGISTER(3, true),
        EVENT_UNREGISTER(4, true),
        EVENT_CONFIRM(5, false),
        EVENT_UNKNOWN(6, false),
        EVENT(7, true);

        private final int number;
        private final boolean named;

        Kind(int number, boolean named) {
            this.number = number;
            this.named = named;
        }

        static Kind of(int number) throws ProtocolException {
            for (var kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            throw new ProtocolException("VICI packet type " + number + " is unknown");
        }
    }

    static Packet of(Kind kind, String name) {
        return new Packet(kind, name, Message.EMPTY);
    }

    byte[] encode() {
        var out = new ByteArrayOutputStream();
        out.write(kind.number);
        if (kind.named) {
            MessageCodec.name(name, out);
        }
        MessageCodec.encode(message, out);
        return out.toByteArray();
    }

    static Packet decode(byte[] bytes) throws ProtocolException {
        var in = ByteBuffer.wrap(bytes);
        try {
            var kind = Kind.of(in.get());
            String name = kind.named ? MessageCodec.name(in) : "";
            return new Packet(kind, name, MessageCodec.decode(in));
        } catch (BufferUnderflowException truncated) {
            throw new ProtocolException("a VICI packet that ends within its head");
        }
    }
}
