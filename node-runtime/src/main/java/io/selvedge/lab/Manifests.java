// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * YAML files that a person handed to the lab. Of manifests only kind and name are looked at here:
 * the authority checks the rest.
 *
 * @param files the documents of each file, sorted by file
 */
record Manifests(SortedMap<Path, List<Node>> files) {

    /** Reads a file, or all {@code .yaml} and {@code .yml} files of a folder. */
    static Manifests read(Path path) {
        var files = new TreeMap<Path, List<Node>>();
        try {
            if (Files.isDirectory(path)) {
                try (var entries = Files.list(path)) {
                    entries.filter(Manifests::isYaml).forEach(file -> files.put(file, parse(file)));
                }
            } else {
                files.put(path, parse(path));
            }
        } catch (IOException unreadable) {
            throw new LabException(
                    "cannot read " + path + ": " + unreadable.getMessage(), unreadable);
        }
        if (files.isEmpty()) {
            throw new LabException("no .yaml file is in " + path + "; name a folder of manifests");
        }
        return new Manifests(files);
    }

    /** The one Lab document, which has a file of its own. */
    Path labFile() {
        var found = new ArrayList<Path>();
        files.forEach((file, documents) -> {
            if (documents.stream().anyMatch(one -> "Lab".equals(scalar(one, "kind")))) {
                found.add(file);
                if (documents.size() > 1) {
                    throw new LabException(
                            file + ": the Lab document stands beside others; give it its own file");
                }
            }
        });
        if (found.size() != 1) {
            throw new LabException(
                    "a lab is described by exactly one document of kind Lab, there are %d%s; see"
                                    .formatted(found.size(), found.isEmpty() ? "" : " " + found)
                            + " examples/demo/lab.yaml");
        }
        return found.getFirst();
    }

    Topology topology() {
        var file = labFile();
        var documents = files.getOrDefault(file, List.of());
        return LabDocument.parse(file.getFileName().toString(), documents.getFirst());
    }

    /** The names of all documents of a kind. */
    List<String> names(String kind) {
        return files.values().stream()
                .flatMap(List::stream)
                .filter(one -> kind.equals(scalar(one, "kind")))
                .map(one -> field(one, "metadata"))
                .map(metadata -> metadata == null ? null : scalar(metadata, "name"))
                .map(name -> name == null ? "" : name)
                .toList();
    }

    /** Copies the files into a folder, each in one step, as the watcher there expects. */
    void copyInto(Path folder, List<Path> except) {
        for (var file : files.keySet()) {
            if (!except.contains(file)) {
                copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
    }

    static void copy(Path from, Path to) {
        var part = to.resolveSibling("." + to.getFileName() + ".part");
        try {
            Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new LabException("cannot copy " + from + " to " + to + ": " + failed, failed);
        }
    }

    private static boolean isYaml(Path file) {
        var name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private static List<Node> parse(Path file) {
        try {
            var settings = LoadSettings.builder().setLabel(file.getFileName().toString()).build();
            var documents = new ArrayList<Node>();
            new Compose(settings)
                    .composeAllFromString(Files.readString(file))
                    .forEach(documents::add);
            return documents;
        } catch (YamlEngineException wrong) {
            throw new LabException(
                    file + " is not YAML: " + wrong.getMessage() + "; correct it there", wrong);
        } catch (IOException unreadable) {
            throw new LabException("cannot read " + file + "; check that it exists", unreadable);
        }
    }

    private static @Nullable Node field(Node node, String name) {
        if (node instanceof MappingNode mapping) {
            for (var tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }

    private static @Nullable String scalar(Node node, String name) {
        return field(node, name) instanceof ScalarNode value ? value.getValue() : null;
    }
}
