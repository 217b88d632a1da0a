// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An actor system's configuration without the serializers that only the authority needs. Akka loads
 * all that the class path offers when a system starts, and Jackson and the rest with them:
 * megabytes on an edge, for nothing.
 */
public final class Trimmed {
    private static final String SERIALIZERS = "akka.actor.serializers";
    private static final String BINDINGS = "akka.actor.serialization-bindings";

    private static final List<String> AUTHORITYS =
            List.of(
                    "akka.cluster.sharding.",
                    "akka.persistence.",
                    "akka.projection.",
                    "akka.serialization.jackson.");

    private Trimmed() {}

    public static Config of(Config full) {
        var dropped =
                full.getConfig(SERIALIZERS).root().entrySet().stream()
                        .filter(entry -> isAuthoritys(entry.getValue().unwrapped().toString()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        var trimmed = new HashMap<String, String>();
        // Akka lays what it is given over its defaults: a name can be given away, but not taken.
        for (var name : dropped) {
            trimmed.put(path(SERIALIZERS, name), AbsentSerializer.class.getName());
        }
        for (var binding : full.getConfig(BINDINGS).root().entrySet()) {
            if (dropped.contains(binding.getValue().unwrapped().toString())) {
                trimmed.put(path(BINDINGS, binding.getKey()), "none");
            }
        }
        return ConfigFactory.parseMap(trimmed).withFallback(full);
    }

    private static String path(String parent, String key) {
        return parent + "." + ConfigUtil.quoteString(key);
    }

    private static boolean isAuthoritys(String serializer) {
        return AUTHORITYS.stream().anyMatch(serializer::startsWith);
    }
}
