// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import io.selvedge.model.Cidr;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.Intent.PodPool;
import io.selvedge.model.IpAddress;
import java.util.List;

/** What one document of a manifest declares, valid by itself, with the places of its fields. */
public sealed interface Declaration {
    /** What it declares, as {@code Node edge1}: unique in a folder. */
    String title();

    Place place();

    record OfNode(NodeIntent node, Place place, List<Located<Cidr>> podCidrs)
            implements Declaration {
        @Override
        public String title() {
            return "Node " + node.name();
        }
    }

    record OfCommunity(String name, Place place, List<Located<String>> members)
            implements Declaration {
        @Override
        public String title() {
            return "Community " + name;
        }
    }

    record OfFabric(
            String cluster,
            Place place,
            List<Located<Cidr>> clusterCidrs,
            List<Located<Cidr>> serviceCidrs,
            List<Located<PodPool>> podPools,
            List<Connector> connectors)
            implements Declaration {
        @Override
        public String title() {
            return "Fabric " + cluster;
        }
    }

    /** Belongs to the lab, which reads it itself. */
    record OfLab(String name, Place place) implements Declaration {
        @Override
        public String title() {
            return "Lab " + name;
        }
    }

    record Connector(Located<String> node, List<IpAddress> publicAddresses) {}
}
