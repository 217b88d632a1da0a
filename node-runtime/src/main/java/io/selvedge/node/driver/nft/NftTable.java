// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Our table as {@code nft -j list table} prints it.
 *
 * @param sets names of the sets there are
 * @param reshaped names of sets in which somebody put ranges that are no prefixes
 * @param hasChains whether anything judges packets
 * @param fingerprint of all but elements, handles and counts
 */
record NftTable(
        Cover cover,
        SortedSet<String> sets,
        SortedSet<String> reshaped,
        boolean hasChains,
        Map<String, Count> counters,
        String fingerprint) {

    static NftTable parse(String json) throws IOException {
        var reader = new Reader();
        if (JSON.std.mapFrom(json).get("nftables") instanceof List<?> objects) {
            for (Object object : objects) {
                if (object instanceof Map<?, ?> single) {
                    single.forEach((kind, body) -> reader.read((String) kind, body));
                }
            }
        }
        return reader.table();
    }

    /** Whether all our sets are there, so that elements can be added and deleted. */
    boolean isComplete() {
        return sets.containsAll(NftScript.SETS);
    }

    private static final class Reader {
        private final SortedSet<Element> standing = new TreeSet<>();
        private final SortedSet<Element> covered = new TreeSet<>();
        private final SortedSet<String> sets = new TreeSet<>();
        private final SortedSet<String> reshaped = new TreeSet<>();
        private final Map<String, Count> counters = new TreeMap<>();
        private final List<Object> shape = new ArrayList<>();
        private boolean hasChains;

        void read(String kind, Object body) {
            if (kind.equals("metainfo") || !(body instanceof Map<?, ?> fields)) {
                return;
            }
            var kept = new LinkedHashMap<String, Object>();
            kept.put("kind", kind);
            fields.forEach((name, value) -> kept.put((String) name, value));
            kept.remove("handle");
            var name = String.valueOf(fields.get("name"));
            switch (kind) {
                case "set" -> {
                    sets.add(name);
                    elements(name, kept.remove("elem"));
                }
                case "counter" ->
                        counters.put(
                                name,
                                new Count(
                                        number(kept.remove("packets")),
                                        number(kept.remove("bytes"))));
                case "chain" -> hasChains = true;
                default -> {}
            }
            shape.add(kept);
        }

        private void elements(String name, @Nullable Object list) {
            if (!(list instanceof List<?> elements)) {
                return;
            }
            for (Object element : elements) {
                if (name.equals(NftScript.covered(false)) || name.equals(NftScript.covered(true))) {
                    covered.add(NftElements.covered(element));
                } else {
                    NftScript.setOf(name).ifPresent(set -> stands(name, set, element));
                }
            }
        }

        private void stands(String name, FilterSet set, Object element) {
            var boxes = NftElements.boxes(element);
            boxes.forEach(box -> standing.add(new Element(set, box)));
            if (boxes.size() > 1) {
                reshaped.add(name);
            }
        }

        NftTable table() throws IOException {
            var fingerprint = NftSeal.digest(JSON.std.asString(shape));
            var cover = new Cover(standing, covered);
            return new NftTable(cover, sets, reshaped, hasChains, counters, fingerprint);
        }

        private static long number(@Nullable Object value) {
            return value instanceof Number number ? number.longValue() : 0;
        }
    }
}
