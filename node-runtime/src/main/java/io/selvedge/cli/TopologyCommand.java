// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import io.selvedge.lab.Table;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code selvedge topology}: who is or was linked with whom. */
@Command(name = "topology", description = "Sites, and the links between nodes, now or then.")
final class TopologyCommand extends MomentCommand {
    TopologyCommand() {
        super("/v1/topology");
    }

    @Override
    String text(Shown topology) {
        var sites = new Table("SITE", "NODES");
        for (var site : topology.objects("sites")) {
            sites.row(
                    site.text("name"),
                    site.objects("nodes").stream()
                            .map(node -> node.text("name"))
                            .collect(Collectors.joining(",")));
        }
        var links = new Table("LINK", "", "STATE", "SINCE");
        for (var link : topology.objects("links")) {
            links.row(link.text("low"), link.text("high"), link.text("state"), link.time("since"));
        }
        return sites + "\n" + links;
    }
}
