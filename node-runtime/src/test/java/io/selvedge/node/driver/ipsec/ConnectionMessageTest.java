// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.jvici.Message;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.plan.IpsecResource.Connection;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConnectionMessageTest {
    private static final IkeKey OWN = new IkeKey(Bytes.of(new byte[91]));
    private static final IkeKey PEER = IkeKey.ofHex("01".repeat(91));

    @Test
    void anInitiatorKnowsWhereToAndRestarts() {
        var connection = connection(true, IpAddress.parse("10.99.1.2"), IpAddress.parse("fd00::2"));
        var message = settings(connection);

        assertThat(message.texts("remote_addrs"))
                .containsExactly("10.99.1.2", "fd00:0:0:0:0:0:0:2");
        assertThat(message.text("remote_port")).isEqualTo("1027");
        assertThat(message.text("unique")).isEqualTo("never");
        assertThat(message.section("local").text("id")).isEqualTo("edge1");
        assertThat(message.section("remote").text("id")).isEqualTo("cloud1");
        var child = message.section("children").section(connection.child());
        assertThat(child.text("dpd_action")).isEqualTo("restart");
        assertThat(child.text("close_action")).isEqualTo("none");
        assertThat(child.text("start_action")).isEqualTo("none");
        assertThat(child.texts("local_ts")).containsExactly("10.244.1.0/24", "100.71.0.11/32");
        assertThat(child.texts("remote_ts")).containsExactly("10.244.0.0/16");
    }

    @Test
    void aResponderTakesThePeerFromAnywhere() {
        var connection = connection(false);
        var message = settings(connection);

        assertThat(message.texts("remote_addrs")).containsExactly("%any");
        assertThat(message.text("remote_port")).isNull();
        assertThat(message.section("children").section(connection.child()).text("dpd_action"))
                .isEqualTo("clear");
    }

    @Test
    void connectionsThatDifferInSelectorsDifferInTheirIkeSettingsToo() {
        assertThat(settings(connection(true)).text("rekey_time"))
                .isNotEqualTo(settings(connection(false)).text("rekey_time"));
        assertThat(ConnectionMessage.rekeySeconds("x")).isBetween(4 * 3600, 4 * 3600 + 1800);
    }

    private static Message settings(Connection connection) {
        return ConnectionMessage.of(connection).section(connection.name());
    }

    private static Connection connection(boolean initiator, IpAddress... remote) {
        return new Connection(
                "edge1",
                OWN,
                "cloud1",
                PEER,
                List.of(remote),
                1027,
                initiator,
                new TreeSet<>(List.of(Cidr.parse("10.244.1.0/24"), Cidr.parse("100.71.0.11/32"))),
                new TreeSet<>(List.of(Cidr.parse("10.244.0.0/16"))));
    }
}
