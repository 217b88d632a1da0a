// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads one manifest file: text in, declarations or errors out. Each document gives one declaration
 * or its first error; JSON is read as the YAML that it is.
 */
public final class ManifestReader {
    private ManifestReader() {}

    public record Parsed(List<Declaration> declarations, List<ManifestError> errors) {
        public Parsed {
            declarations = List.copyOf(declarations);
            errors = List.copyOf(errors);
        }
    }

    public static Parsed read(String file, String text) {
        var declarations = new ArrayList<Declaration>();
        var errors = new ArrayList<ManifestError>();
        try {
            for (var document : documents(file, text)) {
                try {
                    declarations.add(declaration(new YamlField(file, "", document)));
                } catch (ManifestFault fault) {
                    errors.add(fault.error());
                }
            }
        } catch (ManifestFault notYaml) {
            return new Parsed(List.of(), List.of(notYaml.error()));
        }
        if (declarations.isEmpty() && errors.isEmpty()) {
            errors.add(
                    new Place(file, 1, 1, "")
                            .error(
                                    "declares nothing",
                                    "remove the file if what it declared shall go"));
        }
        return new Parsed(declarations, errors);
    }

    private static List<Node> documents(String file, String text) throws ManifestFault {
        var compose = new Compose(LoadSettings.builder().setLabel(file).build());
        var documents = new ArrayList<Node>();
        try {
            for (var node : compose.composeAllFromString(text.replace("\uFEFF", ""))) {
                if (!node.getTag().equals(Tag.NULL)) {
                    documents.add(node);
                }
            }
            return documents;
        } catch (MarkedYamlEngineException syntax) {
            var mark = syntax.getProblemMark();
            var place =
                    new Place(
                            file,
                            mark.map(Mark::getLine).orElse(0) + 1,
                            mark.map(Mark::getColumn).orElse(0) + 1,
                            "");
            throw new ManifestFault(
                    place.error("is not YAML: " + syntax.getProblem(), "correct the syntax"));
        } catch (YamlEngineException other) {
            throw new ManifestFault(
                    new Place(file, 1, 1, "")
                            .error("is not YAML: " + other.getMessage(), "correct the syntax"));
        }
    }

    private static Declaration declaration(YamlField document) throws ManifestFault {
        var apiVersion = document.get("apiVersion", "apiVersion: selvedge.io/v1alpha1");
        var kind = document.get("kind", "kind: Node");
        return switch (apiVersion.text() + " " + kind.text()) {
            case "v1 Node" -> NodeManifest.read(document);
            case "fabedge.io/v1alpha1 Community" -> OwnManifests.community(document);
            case "selvedge.io/v1alpha1 Fabric" -> OwnManifests.fabric(document);
            case "selvedge.io/v1alpha1 Lab" -> OwnManifests.lab(document);
            default -> throw unknown(apiVersion, kind);
        };
    }

    private static ManifestFault unknown(YamlField apiVersion, YamlField kind)
            throws ManifestFault {
        String wanted =
                switch (kind.text()) {
                    case "Node" -> "v1";
                    case "Community" -> "fabedge.io/v1alpha1";
                    case "Fabric", "Lab" -> "selvedge.io/v1alpha1";
                    default -> "";
                };
        if (wanted.isEmpty()) {
            return kind.fault(
                    "'%s' of %s is not a kind that Selvedge reads"
                            .formatted(kind.text(), apiVersion.text()),
                    "use Node, Community or Fabric, or move the document out of this folder");
        }
        return apiVersion.fault(
                "'%s' is not the version of %s".formatted(apiVersion.text(), kind.text()),
                "write " + wanted);
    }
}
