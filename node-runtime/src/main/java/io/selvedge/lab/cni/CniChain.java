// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.cni;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.model.IpAddress;
import io.selvedge.node.driver.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the plugins of a configuration list, as the CNI specification 0.4.0 tells a runtime to: each
 * gets name, version, its own object and what the one before answered. Results are not kept.
 *
 * @param conflist read anew for each call
 * @param commands run on the node, such as behind {@code ip netns exec NODE}
 */
public record CniChain(Path conflist, Commands commands) {
    private static final String PLUGINS = "/usr/lib/cni";

    public CniChain(Path conflist, List<String> commandPrefix) {
        this(conflist, new Commands(commandPrefix));
    }

    /** Puts a container, by its network namespace, on the network. */
    public CniResult add(String containerId, Path netns, String ifname) throws IOException {
        Map<String, Object> result = null;
        var list = JSON.std.mapFrom(Files.readString(conflist));
        for (var plugin : plugins(list)) {
            result = JSON.std.mapFrom(run("ADD", list, plugin, result, containerId, netns, ifname));
        }
        return read(result);
    }

    /** Takes it off again; a container that is not on the network is taken off already. */
    public void del(String containerId, Path netns, String ifname) throws IOException {
        var list = JSON.std.mapFrom(Files.readString(conflist));
        for (var plugin : plugins(list).reversed()) {
            run("DEL", list, plugin, null, containerId, netns, ifname);
        }
    }

    private String run(
            String verb,
            Map<String, Object> list,
            Map<?, ?> plugin,
            @Nullable Map<String, Object> previous,
            String containerId,
            Path netns,
            String ifname)
            throws IOException {
        var config = new LinkedHashMap<String, Object>();
        plugin.forEach((key, value) -> config.put((String) key, value));
        config.put("cniVersion", list.get("cniVersion"));
        config.put("name", list.get("name"));
        if (previous != null) {
            config.put("prevResult", previous);
        }
        var environment =
                Map.of(
                        "CNI_COMMAND", verb,
                        "CNI_CONTAINERID", containerId,
                        "CNI_NETNS", netns.toString(),
                        "CNI_IFNAME", ifname,
                        "CNI_PATH", PLUGINS);
        var command = List.of(PLUGINS + "/" + plugin.get("type"));
        var output = commands.attempt(environment, JSON.std.asString(config), command);
        if (output.exit() != 0) {
            throw commands.failed(command, output);
        }
        return output.stdout();
    }

    private static List<Map<?, ?>> plugins(Map<String, Object> list) {
        var plugins = new ArrayList<Map<?, ?>>();
        if (list.get("plugins") instanceof List<?> objects) {
            objects.forEach(each -> plugins.add((Map<?, ?>) each));
        }
        return plugins;
    }

    private static CniResult read(@Nullable Map<String, Object> result) {
        var addresses = new ArrayList<IpAddress>();
        if (result != null && result.get("ips") instanceof List<?> ips) {
            for (Object ip : ips) {
                var address = Objects.toString(((Map<?, ?>) ip).get("address"));
                addresses.add(IpAddress.parse(address.substring(0, address.indexOf('/'))));
            }
        }
        return new CniResult(addresses);
    }
}
