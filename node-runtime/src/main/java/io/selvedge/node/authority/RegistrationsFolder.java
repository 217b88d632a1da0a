// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.actors.node.NodeKeys;
import io.selvedge.model.Bytes;
import io.selvedge.model.IkeKey;
import io.selvedge.model.RecordKey;
import io.selvedge.node.intent.FolderSnapshot;
import io.selvedge.node.intent.FolderWatch;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The keys that nodes were registered with: one {@code NAME.properties} a node, with {@code
 * record-key} (32 bytes), {@code ike-key} (DER SubjectPublicKeyInfo) and, if it has one, {@code
 * possession} (the proof of both for the authority) in hexadecimal. A file that is missing or wrong
 * takes nothing from a node that has its grant.
 */
public record RegistrationsFolder(Path folder) {
    private static final String SUFFIX = ".properties";

    public record Reading(SortedMap<String, NodeKeys> byNode, List<String> problems) {
        public Reading {
            byNode = Collections.unmodifiableSortedMap(new TreeMap<>(byNode));
            problems = List.copyOf(problems);
        }
    }

    public Reading read() {
        return switch (FolderSnapshot.of(folder, RegistrationsFolder::isRegistration)) {
            case FolderSnapshot.Unreadable(var reason) ->
                    new Reading(new TreeMap<>(), List.of(reason));
            case FolderSnapshot.Whole whole -> read(whole);
        };
    }

    /** Tells what it reads, first and after each change, in the watch's thread. */
    public FolderWatch watch(Consumer<Reading> listener) {
        return FolderWatch.start(
                folder, RegistrationsFolder::isRegistration, () -> listener.accept(read()));
    }

    private static boolean isRegistration(String fileName) {
        return !fileName.startsWith(".") && fileName.endsWith(SUFFIX);
    }

    private static Reading read(FolderSnapshot.Whole whole) {
        var byNode = new TreeMap<String, NodeKeys>();
        var problems = new ArrayList<String>();
        for (String file : whole.files().keySet()) {
            try {
                var properties = new Properties();
                properties.load(new StringReader(whole.text(file)));
                byNode.put(
                        file.substring(0, file.length() - SUFFIX.length()),
                        new NodeKeys(
                                recordKey(properties),
                                ikeKey(properties),
                                Bytes.ofHex(properties.getProperty("possession", "").strip())));
            } catch (IOException | GeneralSecurityException | IllegalArgumentException wrong) {
                problems.add(
                        "registration %s: %s; register the node again"
                                .formatted(file, wrong.getMessage()));
            }
        }
        return new Reading(byNode, problems);
    }

    private static RecordKey recordKey(Properties properties) {
        return RecordKey.ofHex(required(properties, "record-key"));
    }

    private static IkeKey ikeKey(Properties properties) throws GeneralSecurityException {
        var key = IkeKey.ofHex(required(properties, "ike-key"));
        KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key.spki().toArray()));
        return key;
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
