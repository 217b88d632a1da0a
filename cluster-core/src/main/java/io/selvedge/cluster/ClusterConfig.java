// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.selvedge.model.Role;
import java.util.Map;

/** Renders the configuration of the actor system {@code selvedge} of one node. */
public final class ClusterConfig {
    private ClusterConfig() {}

    /** The tenant's settings over the node's over ours (see {@code reference.conf}) over Akka's. */
    public static Config render(ClusterSettings settings, Tenant tenant) {
        var akkas = ConfigFactory.defaultReference();
        var reference = tenant.equals(Tenant.NONE) ? Trimmed.of(akkas) : akkas;
        return tenant.settings()
                .withFallback(own(settings))
                .withFallback(reference.getConfig("selvedge.cluster").withOnlyPath("akka"))
                .withFallback(reference);
    }

    private static Config own(ClusterSettings settings) {
        var stores = settings.stores();
        var artery = "akka.remote.artery.";
        var tls = artery + "ssl.config-ssl-engine.";
        return ConfigFactory.parseMap(
                Map.of(
                        artery + "canonical.hostname",
                        settings.fabricAddress().toString(),
                        artery + "canonical.port",
                        settings.port(),
                        tls + "key-store",
                        stores.keyStore().toString(),
                        tls + "key-store-password",
                        stores.password(),
                        tls + "key-password",
                        stores.password(),
                        tls + "trust-store",
                        stores.trustStore().toString(),
                        tls + "trust-store-password",
                        stores.password(),
                        "akka.cluster.roles",
                        settings.roles().stream().map(Role::toString).toList(),
                        "akka.cluster.multi-data-center.self-data-center",
                        settings.dataCenter()),
                "cluster plane of " + settings.fabricAddress());
    }
}
