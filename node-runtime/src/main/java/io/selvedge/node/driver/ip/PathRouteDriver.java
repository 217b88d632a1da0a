// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ip;

import io.selvedge.node.driver.Commands;
import io.selvedge.node.driver.Driver;
import io.selvedge.plan.Diff;
import io.selvedge.plan.IpResource;
import io.selvedge.plan.NodeDefaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The routes of the paths that carry now, in a table of their own, through ip(8). Kept apart from
 * the rest of the IP stack because paths change when probes say so, not when plans do.
 */
public final class PathRouteDriver implements Driver<IpResource> {
    private static final String TABLE = Integer.toString(NodeDefaults.PATH_TABLE);

    private final Commands commands;

    public PathRouteDriver(Commands commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "ip";
    }

    @Override
    public SortedSet<String> observe() throws IOException {
        var keys = new TreeSet<String>();
        for (boolean v6 : new boolean[] {false, true}) {
            IpListing.paths(list(v6), v6).map(IpResource::key).forEach(keys::add);
        }
        return keys;
    }

    /** A route that another one to the same prefix replaces is not removed besides. */
    @Override
    public void apply(Diff<IpResource> diff) throws IOException {
        var replaced = new HashSet<String>();
        diff.add().forEach(planned -> replaced.add(prefixOf(planned.resource().key())));
        var remove = new TreeSet<>(diff.remove());
        remove.removeIf(key -> replaced.contains(prefixOf(key)));
        var batch = IpBatch.of(new Diff<>(remove, diff.add()), Set.of());
        var lines = new ArrayList<>(batch.first());
        lines.addAll(batch.last());
        if (!lines.isEmpty()) {
            commands.run(String.join("\n", lines) + "\n", "ip", "-force", "-batch", "-");
        }
    }

    private static String prefixOf(String key) {
        return key.substring(0, key.indexOf(" dev "));
    }

    /** A table without routes does not exist, which ip(8) calls an error. */
    private List<Map<String, Object>> list(boolean v6) throws IOException {
        var command =
                List.of(
                        "ip",
                        "-j",
                        v6 ? "-6" : "-4",
                        "route",
                        "show",
                        "table",
                        TABLE,
                        "proto",
                        Integer.toString(IpBatch.PROTOCOL));
        var output = commands.attempt(Map.of(), "", command);
        boolean empty = output.exit() != 0 && output.stderr().contains("does not exist");
        if (output.exit() != 0 && !empty) {
            throw commands.failed(command, output);
        }
        return empty ? List.of() : IpListing.objects(output.stdout());
    }
}
