// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of nodes, for texts that tell of them by subject or uid. */
record NodeNames(Map<String, String> bySubject) {
    private static final Pattern WORD = Pattern.compile("[^\\s,;:()|@]+");

    /** As they are now; a node that is wanted no more keeps its uid. */
    static NodeNames from(AuthorityClient authority) throws IOException {
        var names = new HashMap<String, String>();
        for (var node : new Shown(authority.get("/v1/status", Map.of())).objects("nodes")) {
            var subject = node.text("subject");
            names.put(subject, node.text("name"));
            names.put(subject.substring(subject.indexOf('/') + 1), node.text("name"));
        }
        return new NodeNames(names);
    }

    String in(String text) {
        return WORD.matcher(text)
                .replaceAll(word ->
                        Matcher.quoteReplacement(
                                bySubject.getOrDefault(word.group(), word.group())));
    }
}
