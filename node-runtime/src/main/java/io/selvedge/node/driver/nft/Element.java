// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.model.Cidr;
import io.selvedge.plan.FilterResource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A box of packets in one of our sets: what is planned, or what the kernel holds of it. */
record Element(FilterSet set, Box box) implements Comparable<Element> {
    private static final Comparator<Element> ORDER =
            Comparator.comparing(Element::set).thenComparing(Element::box);

    /** The element that a resource asks for; none for the skeleton, which is in no set. */
    static Stream<Element> of(FilterResource resource) {
        return switch (resource) {
            case FilterResource.Skeleton _ -> Stream.of();
            case FilterResource.Pair(var source, var destination) ->
                    Stream.of(new Element(FilterSet.PAIRS, Box.of(source, destination)));
            case FilterResource.OwnPods(var cidr) -> single(FilterSet.OWN, cidr);
            case FilterResource.Cluster(var cidr) -> single(FilterSet.CLUSTER, cidr);
            case FilterResource.Fabric(var cidr) -> single(FilterSet.FABRIC, cidr);
            case FilterResource.Services(var cidr) -> single(FilterSet.SERVICES, cidr);
        };
    }

    /** The element that a resource's key speaks of; none for the skeleton's. */
    static Stream<Element> parse(String key) {
        if (key.startsWith("skeleton ")) {
            return Stream.of();
        }
        var word = List.of(key.split(" ", -1));
        var sides = word.subList(1, word.size()).stream().map(Cidr::parse).toList();
        for (var set : FilterSet.values()) {
            if (sides.size() == set.sides && set.resource(sides).key().equals(key)) {
                return Stream.of(new Element(set, new Box(sides)));
            }
        }
        throw new IllegalArgumentException("no filter resource: " + key);
    }

    String key() {
        return set.resource(box.sides()).key();
    }

    boolean isV6() {
        return box.isV6();
    }

    private static Stream<Element> single(FilterSet set, Cidr cidr) {
        return Stream.of(new Element(set, Box.of(cidr)));
    }

    @Override
    public int compareTo(Element other) {
        return ORDER.compare(this, other);
    }
}
