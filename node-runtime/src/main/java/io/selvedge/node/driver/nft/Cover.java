// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How planned elements, which may overlap, are kept in interval sets, whose elements may not: the
 * standing ones match the same packets and do not overlap; the covered ones are planned but do not
 * stand by themselves, and are written down beside, so that they can be read back.
 */
record Cover(SortedSet<Element> standing, SortedSet<Element> covered) {
    private static final Comparator<Element> WIDEST_FIRST =
            Comparator.comparingInt((Element each) -> each.box().length())
                    .thenComparing(Comparator.naturalOrder());

    static Cover of(Collection<Element> planned) {
        var standing = new ElementIndex();
        var covered = new TreeSet<Element>();
        planned.stream()
                .sorted(WIDEST_FIRST)
                .forEach(each -> {
                    var pieces = standing.uncovered(each);
                    pieces.forEach(piece -> standing.add(new Element(each.set(), piece)));
                    if (!pieces.equals(List.of(each.box()))) {
                        covered.add(each);
                    }
                });
        return new Cover(standing.elements(), covered);
    }

    /**
     * What must have been planned for this to stand. A covered element of which somebody took a
     * part away is not among it, and its other parts are, as if they had been planned.
     */
    SortedSet<Element> planned() {
        var index = new ElementIndex();
        standing.forEach(index::add);
        var whole = covered.stream().filter(each -> index.uncovered(each).isEmpty()).toList();
        var planned = new TreeSet<>(whole);
        standing.stream().filter(each -> !isPart(each, whole)).forEach(planned::add);
        return planned;
    }

    private static boolean isPart(Element element, List<Element> whole) {
        return whole.stream()
                .anyMatch(other ->
                        other.set() == element.set() && other.box().contains(element.box()));
    }
}
