// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import io.selvedge.lab.Table;
import picocli.CommandLine.Command;

/** {@code selvedge status}: the fabric, as it is or was. */
@Command(
        name = "status",
        description = "The nodes, tunnels, Communities and services of the fabric, now or then.")
final class StatusCommand extends MomentCommand {
    StatusCommand() {
        super("/v1/status");
    }

    @Override
    String text(Shown status) {
        var nodes = new Table("NODE", "ROLES", "SITE", "FABRIC", "PODS", "SINCE", "PROBLEM");
        for (var node : status.objects("nodes")) {
            nodes.row(
                    node.text("name"),
                    node.list("roles"),
                    node.text("site"),
                    node.text("fabricAddress"),
                    node.list("podCidrs"),
                    node.time("since"),
                    node.text("problem"));
        }
        var tunnels = new Table("TUNNEL", "", "STATE", "SINCE", "DETAIL");
        for (var tunnel : status.objects("tunnels")) {
            var ends = tunnel.objects("ends");
            tunnels.row(
                    tunnel.text("low"),
                    tunnel.text("high"),
                    tunnel.text("state"),
                    tunnel.time("since"),
                    ends.isEmpty() ? "" : ends.getFirst().text("detail"));
        }
        var communities = new Table("COMMUNITY", "MEMBERS", "SINCE");
        for (var community : status.objects("communities")) {
            communities.row(
                    community.text("name"), community.list("members"), community.time("since"));
        }
        var services = new Table("SERVICE", "ADDRESSES", "PORTS", "PODS", "SINCE");
        for (var service : status.objects("services")) {
            services.row(
                    service.text("name"),
                    service.list("clusterIps"),
                    service.list("ports"),
                    service.text("pods"),
                    service.time("since"));
        }
        return "%s\n%s\n%s\n%s".formatted(nodes, tunnels, communities, services);
    }
}
