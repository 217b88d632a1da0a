// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping that is read field by field. What is wrong is noted as {@code file:line: field:
 * what; fix} and reading goes on, so that a person sees all at once. Call {@link #end} last: it
 * notes what nobody asked for.
 */
final class Fields {
    private final String file;
    private final String path;
    private final int line;
    private final List<String> problems;
    private final Map<String, Node> left = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    Fields(String file, String path, Node node, List<String> problems) {
        this.file = file;
        this.path = path;
        this.line = lineOf(node);
        this.problems = problems;
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    "%s:%d: %s: must be a mapping; write 'name: value' lines"
                            .formatted(file, line, path.isEmpty() ? "document" : path));
            return;
        }
        for (var tuple : mapping.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            lines.put(key, lineOf(tuple.getKeyNode()));
            if (left.put(key, tuple.getValueNode()) != null) {
                problem(key, "is there twice; keep one");
            }
        }
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    void problem(String field, String text) {
        var where = path.isEmpty() ? field : path + "." + field;
        problems.add("%s:%d: %s: %s".formatted(file, lines.getOrDefault(field, line), where, text));
    }

    @Nullable String optional(String field) {
        var node = left.remove(field);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(field, "must be a single value; remove the brackets");
        return null;
    }

    /** The field's value, or null after a problem was noted. */
    <T> @Nullable T required(String field, Function<String, T> parse, String fix) {
        boolean there = left.containsKey(field);
        var text = optional(field);
        if (text == null) {
            if (!there) {
                problem(field, "is missing; " + fix);
            }
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException wrong) {
            problem(field, wrong.getMessage() + "; " + fix);
            return null;
        }
    }

    boolean flag(String field, boolean otherwise) {
        var text = optional(field);
        if (text == null) {
            return otherwise;
        }
        if (!text.equals("true") && !text.equals("false")) {
            problem(field, "'%s' is not a truth value; write true or false".formatted(text));
        }
        return text.equals("true");
    }

    Fields mapping(String field, String fix) {
        var node = left.remove(field);
        if (node == null) {
            problem(field, "is missing; " + fix);
            return new Fields(
                    file, at(field), new MappingNode(EMPTY_TAG, List.of(), FLOW), problems);
        }
        return new Fields(file, at(field), node, problems);
    }

    List<Fields> list(String field) {
        var node = left.remove(field);
        var entries = new ArrayList<Fields>();
        if (node instanceof SequenceNode sequence) {
            for (var entry : sequence.getValue()) {
                entries.add(
                        new Fields(
                                file,
                                "%s[%d]".formatted(at(field), entries.size()),
                                entry,
                                problems));
            }
        } else if (node != null) {
            problem(field, "must be a list; begin each entry with '- '");
        }
        return entries;
    }

    void ignore(String field) {
        left.remove(field);
    }

    void end() {
        for (var field : List.copyOf(left.keySet())) {
            problem(field, "is not a field of this; remove it, or correct its spelling");
        }
    }

    private String at(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static final org.snakeyaml.engine.v2.nodes.Tag EMPTY_TAG =
            org.snakeyaml.engine.v2.nodes.Tag.MAP;
    private static final org.snakeyaml.engine.v2.common.FlowStyle FLOW =
            org.snakeyaml.engine.v2.common.FlowStyle.FLOW;
}
