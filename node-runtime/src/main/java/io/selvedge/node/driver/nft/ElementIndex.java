// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.model.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Elements, found by what they overlap without looking at all of them. For one thread. */
final class ElementIndex {
    private final SortedSet<Element> elements = new TreeSet<>();
    private final Map<String, TreeMap<Cidr, List<Box>>> bySource = new TreeMap<>();
    private final SortedSet<Integer> lengths = new TreeSet<>();

    void add(Element element) {
        var source = element.box().sides().getFirst();
        elements.add(element);
        lengths.add(source.length());
        bySource.computeIfAbsent(name(element), _ -> new TreeMap<>())
                .computeIfAbsent(source, _ -> new ArrayList<>())
                .add(element.box());
    }

    SortedSet<Element> elements() {
        return elements;
    }

    /** What is left of the element without all that is here. */
    List<Box> uncovered(Element element) {
        var left = new ArrayList<>(List.of(element.box()));
        overlapping(
                element,
                other -> {
                    var next = left.stream().flatMap(box -> box.without(other).stream()).toList();
                    left.clear();
                    left.addAll(next);
                });
        return left;
    }

    private void overlapping(Element element, Consumer<Box> each) {
        var sources = bySource.getOrDefault(name(element), new TreeMap<>());
        var source = element.box().sides().getFirst();
        for (int length : lengths.headSet(source.length())) {
            sources.getOrDefault(Box.widened(source, length), List.of()).forEach(each);
        }
        for (var entry : sources.tailMap(source).entrySet()) {
            if (!source.contains(entry.getKey())) {
                return;
            }
            entry.getValue().forEach(each);
        }
    }

    private static String name(Element element) {
        return element.set().in(element.isV6());
    }
}
