// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import io.selvedge.jvici.Message;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.plan.IpsecResource.Connection;
import java.util.List;
import java.util.SortedSet;

/** A planned connection in the words of VICI's {@code load-conn}. */
final class ConnectionMessage {
    private static final String IKE_PROPOSAL = "aes256gcm16-prfsha256-ecp256";
    private static final String ESP_PROPOSAL = "aes128gcm16-ecp256";
    private static final int REKEY_SECONDS = 4 * 3600;

    private ConnectionMessage() {}

    static Message of(Connection connection) {
        return Message.builder().section(connection.name(), settings(connection)).build();
    }

    private static Message settings(Connection connection) {
        boolean anywhere = connection.remoteAddresses().isEmpty();
        var remote =
                anywhere
                        ? List.of("%any")
                        : connection.remoteAddresses().stream().map(IpAddress::toString).toList();
        var settings =
                Message.builder()
                        .put("version", "2")
                        .list("remote_addrs", remote)
                        .list("proposals", List.of(IKE_PROPOSAL))
                        .put("encap", "yes")
                        .put("mobike", "no")
                        .put("dpd_delay", "4s")
                        .put("keyingtries", "0")
                        .put("unique", "never")
                        .put("rekey_time", Integer.toString(rekeySeconds(connection.name())))
                        .section("local", auth(connection.localId(), connection.localKey()))
                        .section("remote", auth(connection.remoteId(), connection.remoteKey()))
                        .section(
                                "children",
                                Message.builder()
                                        .section(connection.child(), child(connection))
                                        .build());
        if (!anywhere) {
            settings.put("remote_port", Integer.toString(connection.remotePort()));
        }
        return settings.build();
    }

    /**
     * Four hours, and up to 30 minutes more by the connection's name: charon takes an IKE SA whose
     * settings are equal for its own, so a connection that differs in its selectors alone would get
     * its child inside the old one's IKE SA, and go with it.
     */
    static int rekeySeconds(String name) {
        return REKEY_SECONDS + Math.floorMod(name.hashCode(), 1800);
    }

    private static Message auth(String id, io.selvedge.model.IkeKey key) {
        return Message.builder()
                .put("auth", "pubkey")
                .put("id", id)
                .listBytes("pubkeys", List.of(key.spki().toArray()))
                .build();
    }

    private static Message child(Connection connection) {
        return Message.builder()
                .list("local_ts", selectors(connection.localSelectors()))
                .list("remote_ts", selectors(connection.remoteSelectors()))
                .list("esp_proposals", List.of(ESP_PROPOSAL))
                .put("rekey_time", "1h")
                .put("start_action", "none")
                .put("close_action", "none")
                .put("dpd_action", connection.initiator() ? "restart" : "clear")
                .build();
    }

    private static List<String> selectors(SortedSet<Cidr> cidrs) {
        return cidrs.stream().map(Cidr::toString).toList();
    }
}
