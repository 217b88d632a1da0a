// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A field of a document: a node of the YAML tree that knows its path from the top. */
record YamlField(String file, String path, Node node) {
    Place place() {
        return placeOf(node, path);
    }

    ManifestFault fault(String problem, String fix) {
        return new ManifestFault(place().error(problem, fix));
    }

    /** The named field of this mapping; null when it is absent or null. */
    @Nullable YamlField find(String name) throws ManifestFault {
        var found = fields().get(name);
        return found == null || found.isNull() ? null : found;
    }

    YamlField get(String name, String example) throws ManifestFault {
        var found = find(name);
        if (found == null) {
            throw new ManifestFault(
                    placeOf(node, child(name)).error("is missing", "add it, as " + example));
        }
        return found;
    }

    /** This mapping, in the order written; a key that stands twice is a fault. */
    SequencedMap<String, YamlField> fields() throws ManifestFault {
        if (!(node instanceof MappingNode mapping)) {
            throw wrongType("a mapping");
        }
        var fields = new LinkedHashMap<String, YamlField>();
        for (var entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw fault("has a key that is not text", "write the key as plain text");
            }
            String name = key.getValue();
            var field = new YamlField(file, child(name), entry.getValueNode());
            if (fields.put(name, field) != null) {
                throw new ManifestFault(
                        placeOf(key, child(name)).error("stands twice", "keep one of the two"));
            }
        }
        return fields;
    }

    /** Refuses every field but these. */
    YamlField only(Set<String> known) throws ManifestFault {
        for (var field : fields().entrySet()) {
            if (!known.contains(field.getKey())) {
                throw field.getValue()
                        .fault(
                                "is not a field of this kind",
                                "remove it; known here: "
                                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return this;
    }

    List<YamlField> items() throws ManifestFault {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrongType("a list");
        }
        var items = new ArrayList<YamlField>();
        for (var item : sequence.getValue()) {
            items.add(new YamlField(file, path + "[" + items.size() + "]", item));
        }
        return items;
    }

    String text() throws ManifestFault {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
            return scalar.getValue();
        }
        throw wrongType("text");
    }

    int number() throws ManifestFault {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                return Integer.parseInt(scalar.getValue());
            } catch (NumberFormatException tooLarge) {
                throw fault("'" + scalar.getValue() + "' is too large", "write a smaller one");
            }
        }
        throw wrongType("a number");
    }

    /** A mapping of text to text, such as labels; as in Kubernetes, null is the empty text. */
    Map<String, Located<String>> texts() throws ManifestFault {
        var texts = new LinkedHashMap<String, Located<String>>();
        for (var field : fields().entrySet()) {
            var value = field.getValue();
            String text = value.isNull() ? "" : value.text();
            texts.put(field.getKey(), new Located<>(text, value.place()));
        }
        return texts;
    }

    private boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    private ManifestFault wrongType(String wanted) {
        String found =
                switch (node) {
                    case MappingNode _ -> "a mapping";
                    case SequenceNode _ -> "a list";
                    case ScalarNode scalar when scalar.getTag().equals(Tag.STR) -> "text";
                    case ScalarNode scalar when isNull() -> "nothing";
                    case ScalarNode scalar -> "'" + scalar.getValue() + "', which is not text";
                    default -> "something else";
                };
        String fix = wanted.equals("text") ? "put it in quotes" : "write it as " + wanted;
        return fault("must be " + wanted + " but is " + found, fix);
    }

    private String child(String name) {
        if (name.indexOf('.') >= 0 || name.indexOf('/') >= 0) {
            return path + "[\"" + name + "\"]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    private Place placeOf(Node at, String field) {
        int line = at.getStartMark().map(Mark::getLine).orElse(0);
        int column = at.getStartMark().map(Mark::getColumn).orElse(0);
        return new Place(file, line + 1, column + 1, field);
    }
}
