// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.model.Cidr;
import io.selvedge.plan.FilterResource;
import java.util.List;
import java.util.Locale;

/** The sets of our table. Each stands twice, once a family. */
enum FilterSet {
    PAIRS(0, 2) {
        @Override
        FilterResource resource(List<Cidr> sides) {
            return new FilterResource.Pair(sides.getFirst(), sides.getLast());
        }
    },
    OWN(1, 1) {
        @Override
        FilterResource resource(List<Cidr> sides) {
            return new FilterResource.OwnPods(sides.getFirst());
        }
    },
    CLUSTER(2, 1) {
        @Override
        FilterResource resource(List<Cidr> sides) {
            return new FilterResource.Cluster(sides.getFirst());
        }
    },
    FABRIC(3, 1) {
        @Override
        FilterResource resource(List<Cidr> sides) {
            return new FilterResource.Fabric(sides.getFirst());
        }
    },
    SERVICES(4, 1) {
        @Override
        FilterResource resource(List<Cidr> sides) {
            return new FilterResource.Services(sides.getFirst());
        }
    };

    /** Its number in the set of covered elements. */
    final int code;

    final int sides;

    FilterSet(int code, int sides) {
        this.code = code;
        this.sides = sides;
    }

    static FilterSet of(int code) {
        for (var set : values()) {
            if (set.code == code) {
                return set;
            }
        }
        throw new IllegalArgumentException("no set has the number " + code);
    }

    abstract FilterResource resource(List<Cidr> sides);

    /** The name in nft of one family's set. */
    String in(boolean v6) {
        return in(v6 ? "6" : "4");
    }

    String in(String family) {
        return name().toLowerCase(Locale.ROOT) + family;
    }
}
