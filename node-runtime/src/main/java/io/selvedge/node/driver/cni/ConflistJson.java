// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.cni;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.model.Cidr;
import io.selvedge.plan.Conflist;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/** A configuration list as CNI 0.4.0 spells it, and back. */
final class ConflistJson {
    private ConflistJson() {}

    /**
     * @param ipamDir where host-local remembers the addresses it gave away
     */
    static String render(Conflist conflist, Path ipamDir) throws IOException {
        var ranges =
                conflist.podCidrs().stream()
                        .map(cidr -> List.of(Map.of("subnet", cidr.toString())))
                        .toList();
        var ipam = new LinkedHashMap<String, Object>();
        ipam.put("type", "host-local");
        ipam.put("dataDir", ipamDir.toString());
        ipam.put("ranges", ranges);

        var bridge = new LinkedHashMap<String, Object>();
        bridge.put("type", "bridge");
        bridge.put("bridge", conflist.bridge());
        bridge.put("isGateway", true);
        bridge.put("isDefaultGateway", true);
        bridge.put("ipMasq", false);
        bridge.put("hairpinMode", true);
        bridge.put("mtu", conflist.mtu());
        bridge.put("ipam", ipam);

        var list = new LinkedHashMap<String, Object>();
        list.put("cniVersion", "0.4.0");
        list.put("name", conflist.name());
        list.put(
                "plugins",
                List.of(
                        bridge,
                        capable("portmap", "portMappings"),
                        capable("bandwidth", "bandwidth")));
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(list) + "\n";
    }

    /** The list that this text says; none if it says anything else than what we would write. */
    static Optional<Conflist> parse(String text, Path ipamDir) {
        try {
            var list = JSON.std.mapFrom(text);
            if (list.get("plugins") instanceof List<?> plugins
                    && plugins.getFirst() instanceof Map<?, ?> bridge
                    && bridge.get("ipam") instanceof Map<?, ?> ipam
                    && ipam.get("ranges") instanceof List<?> ranges
                    && bridge.get("mtu") instanceof Integer mtu) {
                var cidrs = new TreeSet<Cidr>();
                for (Object range : ranges) {
                    if (range instanceof List<?> set && set.getFirst() instanceof Map<?, ?> part) {
                        cidrs.add(Cidr.parse(String.valueOf(part.get("subnet"))));
                    }
                }
                var name = String.valueOf(list.get("name"));
                var read = new Conflist(name, String.valueOf(bridge.get("bridge")), mtu, cidrs);
                return Optional.of(read).filter(each -> isOurs(each, ipamDir, text));
            }
        } catch (IOException | IllegalArgumentException | NoSuchElementException broken) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isOurs(Conflist conflist, Path ipamDir, String text) {
        try {
            return render(conflist, ipamDir).equals(text);
        } catch (IOException unprintable) {
            return false;
        }
    }

    private static SequencedMap<String, Object> capable(String type, String capability) {
        var plugin = new LinkedHashMap<String, Object>();
        plugin.put("type", type);
        plugin.put("capabilities", Map.of(capability, true));
        return plugin;
    }
}
