// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The tree that a VICI packet carries: named values, lists and sections, in order. Values are
 * bytes; most are UTF-8 text, certificates and keys are not. Immutable.
 */
public final class Message {
    public static final Message EMPTY = new Message(new LinkedHashMap<>());

    private final SequencedMap<String, Element> elements;

    private Message(SequencedMap<String, Element> elements) {
        this.elements = Collections.unmodifiableSequencedMap(elements);
    }

    /** What a name can stand for. */
    sealed interface Element {
        /** A value; nobody but the codec sees the array. */
        final class Value implements Element {
            private final byte[] bytes;

            Value(byte[] bytes) {
                this.bytes = bytes;
            }

            byte[] bytes() {
                return bytes;
            }

            String text() {
                return new String(bytes, StandardCharsets.UTF_8);
            }

            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Value that && Arrays.equals(bytes, that.bytes);
            }

            @Override
            public int hashCode() {
                return Arrays.hashCode(bytes);
            }
        }

        record Items(List<Value> values) implements Element {
            public Items {
                values = List.copyOf(values);
            }
        }

        record Section(Message message) implements Element {}
    }

    public static Builder builder() {
        return new Builder();
    }

    SequencedMap<String, Element> elements() {
        return elements;
    }

    /** The value of this name as text; null when there is no such value. */
    public @Nullable String text(String name) {
        return elements.get(name) instanceof Element.Value value ? value.text() : null;
    }

    public String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    /** The value of this name as a decimal number; 0 when there is none, or it is not a number. */
    public long number(String name) {
        try {
            return Long.parseLong(text(name, "0"));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    public byte @Nullable [] bytes(String name) {
        return elements.get(name) instanceof Element.Value value ? value.bytes().clone() : null;
    }

    /** The items of the list of this name as text; empty when there is no such list. */
    public List<String> texts(String name) {
        return elements.get(name) instanceof Element.Items(var values)
                ? values.stream().map(Element.Value::text).toList()
                : List.of();
    }

    /** The section of this name; the empty message when there is none. */
    public Message section(String name) {
        return elements.get(name) instanceof Element.Section(var message) ? message : EMPTY;
    }

    /** All direct sections, in order. */
    public SequencedMap<String, Message> sections() {
        var sections = new LinkedHashMap<String, Message>();
        elements.forEach((name, element) -> {
            if (element instanceof Element.Section(var message)) {
                sections.put(name, message);
            }
        });
        return sections;
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Message that
                && List.copyOf(elements.entrySet()).equals(List.copyOf(that.elements.entrySet()));
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }

    /** Names only: values may be private keys. */
    @Override
    public String toString() {
        return elements.keySet().toString();
    }

    /** Collects a message; a name used again replaces what it stood for. */
    public static final class Builder {
        private final LinkedHashMap<String, Element> elements = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(String name, String value) {
            return put(name, value.getBytes(StandardCharsets.UTF_8));
        }

        public Builder put(String name, byte[] value) {
            elements.put(name, new Element.Value(value.clone()));
            return this;
        }

        public Builder list(String name, List<String> items) {
            return listBytes(
                    name,
                    items.stream().map(item -> item.getBytes(StandardCharsets.UTF_8)).toList());
        }

        public Builder listBytes(String name, List<byte[]> items) {
            var values = new ArrayList<Element.Value>();
            for (byte[] item : items) {
                values.add(new Element.Value(item.clone()));
            }
            elements.put(name, new Element.Items(values));
            return this;
        }

        public Builder section(String name, Message message) {
            elements.put(name, new Element.Section(message));
            return this;
        }

        public Builder sections(Map<String, Message> sections) {
            sections.forEach(this::section);
            return this;
        }

        public Message build() {
            return new Message(new LinkedHashMap<>(elements));
        }
    }
}
