// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * The intent that a folder of manifests states, read as a whole: {@code *.yaml}, {@code *.yml} and
 * {@code *.json} in it, not below it. What editors drop there is passed over.
 */
public record FolderIntent(Path folder) {
    public static boolean isManifest(String fileName) {
        return !fileName.startsWith(".")
                && (fileName.endsWith(".yaml")
                        || fileName.endsWith(".yml")
                        || fileName.endsWith(".json"));
    }

    public IntentReading read() {
        return switch (FolderSnapshot.of(folder, FolderIntent::isManifest)) {
            case FolderSnapshot.Unreadable(var reason) -> new IntentReading.Unreadable(reason);
            case FolderSnapshot.Whole whole when whole.files().isEmpty() ->
                    new IntentReading.Unreadable(
                            folder + " has no manifests (*.yaml, *.yml, *.json)");
            case FolderSnapshot.Whole whole -> read(whole);
        };
    }

    private IntentReading read(FolderSnapshot.Whole whole) {
        var declarations = new ArrayList<Declaration>();
        var errors = new ArrayList<ManifestError>();
        for (String file : whole.files().keySet()) {
            try {
                var parsed = ManifestReader.read(file, whole.text(file));
                declarations.addAll(parsed.declarations());
                errors.addAll(parsed.errors());
            } catch (CharacterCodingException notText) {
                errors.add(
                        new Place(file, 1, 1, "").error("is not UTF-8 text", "save it as UTF-8"));
            }
        }
        // What one file lacks, others seem to name in vain: its own errors come first, alone.
        return errors.isEmpty()
                ? IntentAssembly.assemble(String.valueOf(folder.getFileName()), declarations)
                : new IntentReading.Refused(errors);
    }
}
