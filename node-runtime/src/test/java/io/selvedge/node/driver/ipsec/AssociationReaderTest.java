// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.jvici.Message;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.paths.Association;
import io.selvedge.plan.IpsecResource;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssociationReaderTest {
    private static final String CHILD =
            IpsecResource.childName(
                    new TreeSet<>(List.of(Cidr.parse("10.50.1.0/24"))),
                    new TreeSet<>(List.of(Cidr.parse("10.50.2.0/24"))));

    @Test
    void readsAnEstablishedAssociation() {
        var sa =
                Message.builder()
                        .put("uniqueid", "7")
                        .put("state", "ESTABLISHED")
                        .put("local-host", "10.9.0.1")
                        .put("remote-host", "10.9.0.2")
                        .put("remote-port", "4500")
                        .put("remote-id", "cloud1")
                        .put("initiator", "yes")
                        .put("established", "12")
                        .section("child-sas", children(CHILD, "INSTALLED", "10.50.1.0/24"))
                        .build();

        assertThat(read(sa))
                .isEqualTo(
                        new Association(
                                7,
                                "cloud1-00",
                                "cloud1",
                                Association.State.ESTABLISHED,
                                true,
                                IpAddress.parse("10.9.0.1"),
                                IpAddress.parse("10.9.0.2"),
                                4500,
                                Duration.ofSeconds(12),
                                List.of(
                                        new Association.Child(
                                                3, CHILD, "59441e4c", "e39f01d9", 4, 5))));
    }

    @Test
    void readsOneThatHasNotHeardFromItsPeer() {
        var sa =
                Message.builder()
                        .put("uniqueid", "8")
                        .put("state", "CONNECTING")
                        .put("local-host", "%any")
                        .put("remote-host", "10.9.0.2")
                        .put("remote-id", "%any")
                        .build();

        assertThat(read(sa))
                .returns(Association.State.CONNECTING, Association::state)
                .returns(IpAddress.parse("0.0.0.0"), Association::localAddress)
                .returns(false, Association::initiator)
                .returns(List.of(), Association::children);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED,CONNECTING", "PASSIVE,CONNECTING", "REKEYING,ESTABLISHED",
        "REKEYED,ENDING", "DELETING,ENDING", "DESTROYING,ENDING"
    })
    void mapsEveryStateOfTheDaemon(String word, Association.State state) {
        assertThat(read(Message.builder().put("state", word).build()).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "INSTALLED,10.50.1.0/24,1", "REKEYING,10.50.1.0/24,1", "REKEYED,10.50.1.0/24,0",
        "DELETING,10.50.1.0/24,0", "INSTALLED,10.50.1.1/32,0", "INSTALLED,10.50.1.0/24[udp],0"
    })
    void onlyChildrenThatCarryTheirTrafficCount(String state, String selector, int count) {
        var sa = Message.builder().section("child-sas", children(CHILD, state, selector)).build();

        assertThat(read(sa).children()).hasSize(count);
    }

    @Test
    void childrenOfOthersAreTakenAsTheyAre() {
        var sa =
                Message.builder()
                        .section("child-sas", children("office", "INSTALLED", "10.0.0.0/8"))
                        .build();

        assertThat(read(sa).children()).hasSize(1);
    }

    private static Association read(Message sa) {
        return AssociationReader.read(Message.builder().section("cloud1-00", sa).build())
                .getFirst();
    }

    private static Message children(String name, String state, String local) {
        var child =
                Message.builder()
                        .put("name", name)
                        .put("uniqueid", "3")
                        .put("state", state)
                        .put("spi-in", "59441e4c")
                        .put("spi-out", "e39f01d9")
                        .put("packets-in", "4")
                        .put("packets-out", "5")
                        .list("local-ts", List.of(local))
                        .list("remote-ts", List.of("10.50.2.0/24"))
                        .build();
        return Message.builder().section(name + "-3", child).build();
    }
}
