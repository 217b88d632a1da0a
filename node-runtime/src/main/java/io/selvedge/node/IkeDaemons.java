// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import io.selvedge.node.driver.IpsecBackend;
import io.selvedge.node.driver.ipsec.Charon;
import io.selvedge.node.driver.ipsec.CharonSettings;
import io.selvedge.node.driver.ipsec.IpsecBackends;
import io.selvedge.node.driver.ipsec.OwnIkeKey;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The IKE daemons of a node. A connector has one. Any other node has two, each with a tunnel device
 * of its own, so that the path to a peer is a route: the relay's, and the direct tunnels'.
 */
record IkeDaemons(String backend, Charon relay, @Nullable Charon direct, OwnIkeKey key) {
    static IkeDaemons of(NodeSettings settings, Identity identity) throws IOException {
        IpsecBackends.check(settings.backend());
        var key = OwnIkeKey.read(identity.ikeKeyFile(), identity.grant().ikeKey());
        if (identity.grant().isConnector()) {
            var only = CharonSettings.connector(settings.dataDir(), settings.charon());
            return new IkeDaemons(settings.backend(), new Charon(only), null, key);
        }
        var relay = new Charon(CharonSettings.relay(settings.dataDir(), settings.charon()));
        var direct = CharonSettings.direct(settings.dataDir(), settings.charon());
        return new IkeDaemons(settings.backend(), relay, new Charon(direct, relay), key);
    }

    /** A new client of the daemon for the tunnels to connectors; each actor has its own. */
    IpsecBackend relayBackend() {
        return IpsecBackends.open(backend, relay, List.of(key));
    }

    /** Likewise for the tunnels to peers; null on a connector, which has none. */
    @Nullable IpsecBackend directBackend() {
        return direct == null ? null : IpsecBackends.open(backend, direct, List.of(key));
    }
}
