// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Prefixes are drawn from sixteen addresses, so that every way to overlap comes up. */
class CoverProperties {
    @Property
    void whatStandsNeverOverlapsAndMatchesTheSame(@ForAll("planned") Set<Element> planned) {
        var cover = Cover.of(planned);
        var standing = List.copyOf(cover.standing());
        for (int i = 0; i < standing.size(); i++) {
            for (int j = i + 1; j < standing.size(); j++) {
                assertThat(standing.get(i).box().overlaps(standing.get(j).box())).isFalse();
            }
        }
        for (int source = 0; source < 16; source++) {
            for (int destination = 0; destination < 16; destination++) {
                var packet = Box.of(address(source).asCidr(), address(destination).asCidr());
                assertThat(matches(standing, packet)).isEqualTo(matches(planned, packet));
            }
        }
    }

    @Property
    void whatWasPlannedCanBeReadBack(@ForAll("planned") Set<Element> planned) {
        assertThat(Cover.of(planned).planned()).isEqualTo(new TreeSet<>(planned));
    }

    /** Nothing that somebody left of a covered element may go unnoticed. */
    @Property
    void whatIsLeftAfterALossIsStillSeen(@ForAll("planned") Set<Element> planned) {
        var cover = Cover.of(planned);
        for (var lost : cover.standing()) {
            var left = new TreeSet<>(cover.standing());
            left.remove(lost);
            var seen = new Cover(left, cover.covered()).planned();
            assertThat(seen).doesNotContain(lost);
            assertThat(Cover.of(seen).standing()).isNotNull();
            for (var element : left) {
                assertThat(matches(seen, element.box())).isTrue();
            }
        }
    }

    @Provide
    Arbitrary<Set<Element>> planned() {
        var prefix =
                Combinators.combine(
                                Arbitraries.integers().between(0, 15),
                                Arbitraries.integers().between(28, 32))
                        .as((number, length) -> Box.widened(address(number).asCidr(), length));
        return Combinators.combine(prefix, prefix)
                .as((source, destination) ->
                        new Element(FilterSet.PAIRS, Box.of(source, destination)))
                .set()
                .ofMaxSize(12);
    }

    private static boolean matches(Iterable<Element> elements, Box box) {
        var some = new ArrayList<Element>();
        elements.forEach(some::add);
        return some.stream().anyMatch(each -> each.box().contains(box));
    }

    private static IpAddress address(int number) {
        return Cidr.parse("10.0.0.0/28").address(number);
    }
}
