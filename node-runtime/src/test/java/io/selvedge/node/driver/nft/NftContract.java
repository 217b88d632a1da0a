// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.model.Cidr;
import io.selvedge.node.driver.DriverContract;
import io.selvedge.plan.FilterResource;
import java.util.List;
import java.util.TreeSet;

/** The filter of an edge, in both families, with pairs that overlap in every way. */
abstract class NftContract extends DriverContract<FilterResource> {
    static final FilterResource.Skeleton SKELETON = skeleton("ipsec0");

    static FilterResource.Skeleton skeleton(String tunnel) {
        var local = new TreeSet<>(List.of("cni0", "selvedge0"));
        return new FilterResource.Skeleton(
                new TreeSet<>(List.of(tunnel)), local, 7946, 7948, 2551, 2552);
    }

    static FilterResource.Pair pair(String source, String destination) {
        return new FilterResource.Pair(Cidr.parse(source), Cidr.parse(destination));
    }

    @Override
    protected List<FilterResource> first() {
        return List.of(
                SKELETON,
                new FilterResource.Cluster(Cidr.parse("10.244.0.0/16")),
                new FilterResource.Cluster(Cidr.parse("10.244.128.0/17")),
                new FilterResource.Cluster(Cidr.parse("10.245.0.0/16")),
                new FilterResource.Cluster(Cidr.parse("fd44::/48")),
                new FilterResource.Fabric(Cidr.parse("100.71.0.0/16")),
                new FilterResource.Fabric(Cidr.parse("fd71::/64")),
                new FilterResource.Services(Cidr.parse("10.96.0.0/16")),
                new FilterResource.Services(Cidr.parse("fd96::/112")),
                new FilterResource.OwnPods(Cidr.parse("10.244.1.0/24")),
                new FilterResource.OwnPods(Cidr.parse("fd44:0:0:1::/64")),
                pair("10.244.1.0/24", "10.244.1.0/24"),
                pair("10.244.1.0/24", "10.244.2.0/24"),
                pair("10.244.2.0/24", "10.244.1.0/24"),
                pair("10.244.1.0/24", "10.244.2.7/32"),
                pair("10.244.0.0/16", "10.244.2.0/25"),
                pair("10.244.3.3/32", "10.244.4.4/32"),
                pair("0.0.0.0/0", "10.244.9.0/24"),
                pair("fd44:0:0:1::/64", "fd44:0:0:1::/64"),
                pair("fd44:0:0:1::/64", "fd44:0:0:2::5/128"));
    }

    @Override
    protected List<FilterResource> second() {
        return List.of(
                skeleton("tun7"),
                new FilterResource.Cluster(Cidr.parse("10.244.128.0/17")),
                new FilterResource.Cluster(Cidr.parse("10.245.0.0/17")),
                new FilterResource.Cluster(Cidr.parse("10.245.128.0/17")),
                new FilterResource.OwnPods(Cidr.parse("10.244.1.0/24")),
                pair("10.244.1.0/24", "10.244.1.0/24"),
                pair("10.244.1.0/24", "10.244.2.7/32"),
                pair("10.244.0.0/17", "10.244.2.0/25"),
                pair("fd44:0:0:1::/64", "::/0"));
    }
}
