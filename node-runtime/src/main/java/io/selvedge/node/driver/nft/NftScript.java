// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.plan.FilterResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Texts for {@code nft -f -}; each is one transaction, which the kernel takes whole or not. */
final class NftScript {
    static final String TABLE = "inet selvedge";
    static final SortedSet<String> SETS = new TreeSet<>();

    private static final int ELEMENTS_PER_LINE = 200;
    private static final boolean[] FAMILIES = {false, true};

    static {
        for (boolean v6 : FAMILIES) {
            SETS.add(covered(v6));
            for (var set : FilterSet.values()) {
                SETS.add(set.in(v6));
            }
        }
    }

    private NftScript() {}

    /** The set in which covered elements of a family are written down; no rule looks at it. */
    static String covered(boolean v6) {
        return v6 ? "covered6" : "covered4";
    }

    static Optional<FilterSet> setOf(String name) {
        for (var set : FilterSet.values()) {
            if (name.equals(set.in(false)) || name.equals(set.in(true))) {
                return Optional.of(set);
            }
        }
        return Optional.empty();
    }

    static String deleteTable() {
        return "add table " + TABLE + "\ndelete table " + TABLE + "\n";
    }

    /** Everything anew, whatever was there; the counters go on. */
    static String replaceTable(
            FilterResource.@Nullable Skeleton skeleton,
            Collection<Element> planned,
            Map<String, Count> counters) {
        var text = new StringBuilder(deleteTable()).append("table " + TABLE + " {\n");
        for (var name : NftRules.COUNTERS) {
            var count = counters.getOrDefault(name, new Count(0, 0));
            text.append(
                    "\tcounter %s { packets %d bytes %d }\n"
                            .formatted(name, count.packets(), count.bytes()));
        }
        for (boolean v6 : FAMILIES) {
            var type = v6 ? "ipv6_addr" : "ipv4_addr";
            for (var set : FilterSet.values()) {
                var types = set.sides == 2 ? type + " . " + type : type;
                text.append("\tset %s { type %s; flags interval; }\n".formatted(set.in(v6), types));
            }
            text.append(
                    "\tset %s { type mark . %s . mark . %s . mark; }\n"
                            .formatted(covered(v6), type, type));
        }
        if (skeleton != null) {
            text.append(NftRules.render(skeleton));
        }
        text.append("}\n");
        var cover = Cover.of(planned);
        elements("add", text, group(cover.standing()));
        coveredElements("add", text, cover.covered());
        return text.toString();
    }

    /**
     * From what stands to what is planned, element by element; sets of single prefixes are small
     * and written anew, and so is what somebody reshaped. Empty if nothing changes.
     */
    static String change(NftTable table, Collection<Element> planned) {
        var text = new StringBuilder();
        var before = table.cover();
        var after = Cover.of(planned);
        var standing = new TreeSet<>(before.standing());
        for (boolean v6 : FAMILIES) {
            for (var set : FilterSet.values()) {
                var old = of(before.standing(), set, v6);
                var isReshaped = table.reshaped().contains(set.in(v6));
                var isSmall = set.sides == 1;
                if (isReshaped || (isSmall && !old.equals(of(after.standing(), set, v6)))) {
                    text.append("flush set %s %s\n".formatted(TABLE, set.in(v6)));
                    standing.removeAll(old);
                }
            }
        }
        elements("delete", text, group(minus(standing, after.standing())));
        elements("add", text, group(minus(after.standing(), standing)));
        coveredElements("delete", text, minus(before.covered(), after.covered()));
        coveredElements("add", text, minus(after.covered(), before.covered()));
        return text.toString();
    }

    private static SortedSet<Element> of(SortedSet<Element> elements, FilterSet set, boolean v6) {
        return elements.stream()
                .filter(each -> each.set() == set && each.isV6() == v6)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<Element> minus(SortedSet<Element> all, SortedSet<Element> those) {
        var left = new TreeSet<>(all);
        left.removeAll(those);
        return left;
    }

    private static Map<String, List<String>> group(SortedSet<Element> elements) {
        return elements.stream()
                .collect(
                        Collectors.groupingBy(
                                each -> each.set().in(each.isV6()),
                                TreeMap::new,
                                Collectors.mapping(
                                        each -> each.box().toString(), Collectors.toList())));
    }

    private static void coveredElements(
            String verb, StringBuilder text, SortedSet<Element> elements) {
        var byName =
                elements.stream()
                        .collect(
                                Collectors.groupingBy(
                                        each -> covered(each.isV6()),
                                        TreeMap::new,
                                        Collectors.mapping(
                                                NftScript::coveredElement, Collectors.toList())));
        elements(verb, text, byName);
    }

    private static String coveredElement(Element element) {
        var sides = element.box().sides();
        var parts = new ArrayList<String>(List.of("" + element.set().code));
        for (var side : List.of(sides.getFirst(), sides.getLast())) {
            parts.add(side.base().toString());
            parts.add("" + side.length());
        }
        return String.join(" . ", parts);
    }

    private static void elements(
            String verb, StringBuilder text, Map<String, List<String>> elements) {
        elements.forEach((name, all) -> {
            for (int from = 0; from < all.size(); from += ELEMENTS_PER_LINE) {
                var some = all.subList(from, Math.min(from + ELEMENTS_PER_LINE, all.size()));
                text.append(
                        "%s element %s %s { %s }\n"
                                .formatted(verb, TABLE, name, String.join(", ", some)));
            }
        });
    }
}
