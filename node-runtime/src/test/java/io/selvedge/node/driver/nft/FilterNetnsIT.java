// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cidr;
import io.selvedge.plan.Diff;
import io.selvedge.plan.FilterResource;
import io.selvedge.plan.Planned;
import io.selvedge.plan.Reason;
import io.selvedge.testing.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the filter does to packets. A node has a pod behind cni0, a peer (its fabric address and two
 * pods) behind ipsec0, and the underlay behind eth0; all three devices are veths here.
 */
class FilterNetnsIT {
    private static final FilterResource.Pair THERE =
            NftContract.pair("10.244.1.0/24", "10.244.2.0/24");
    private static final FilterResource.Pair BACK =
            NftContract.pair("10.244.2.0/24", "10.244.1.0/24");

    private final NetworkNamespace node = NetworkNamespace.create("machine-f");
    private final NetworkNamespace pod = NetworkNamespace.create("machine-f");
    private final NetworkNamespace peer = NetworkNamespace.create("machine-f");
    private final NetworkNamespace underlay = NetworkNamespace.create("machine-f");
    @TempDir private Path state;

    @BeforeEach
    void build() throws IOException {
        for (var each : List.of(node, pod, peer, underlay)) {
            each.exec("sysctl -q -w net.ipv6.conf.default.accept_dad=0");
        }
        NetworkNamespace.wire(node, "cni0", pod, "eth0");
        NetworkNamespace.wire(node, "ipsec0", peer, "ipsec0");
        NetworkNamespace.wire(node, "eth0", underlay, "eth0");
        node.exec("sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        batch(
                node,
                "link add selvedge0 type bridge",
                "link set selvedge0 up",
                "address add 100.71.0.11/32 dev selvedge0",
                "address add 10.244.1.1/24 dev cni0",
                "address add fd44:0:0:1::1/64 dev cni0 nodad",
                "address add 192.0.2.1/24 dev eth0",
                "route add default via 192.0.2.2",
                "route add 10.96.0.0/16 dev selvedge0",
                "route add 100.71.0.12 dev ipsec0 src 100.71.0.11",
                "route add 10.244.0.0/16 via 100.71.0.12 dev ipsec0 onlink src 10.244.1.1",
                "address add fd44:ffff::1/64 dev ipsec0 nodad",
                "route add fd44::/48 via fd44:ffff::2");
        batch(
                pod,
                "address add 10.244.1.10/24 dev eth0",
                "address add fd44:0:0:1::10/64 dev eth0 nodad",
                "route add default via 10.244.1.1",
                "-6 route add default via fd44:0:0:1::1");
        batch(
                peer,
                "address add 100.71.0.12/32 dev lo",
                "address add 10.244.2.10/32 dev lo",
                "address add 10.244.3.10/32 dev lo",
                "address add fd44:0:0:2::10/128 dev lo",
                "address add fd44:0:0:3::10/128 dev lo",
                "address add fd44:ffff::2/64 dev ipsec0 nodad",
                "route add 100.71.0.11 dev ipsec0 src 100.71.0.12",
                "route add 10.244.1.0/24 via 100.71.0.11 dev ipsec0 onlink src 10.244.2.10",
                "route add fd44:0:0:1::/64 via fd44:ffff::1");
        batch(
                underlay,
                "address add 192.0.2.2/24 dev eth0",
                "address add 10.244.2.77/32 dev lo",
                "route add 10.244.1.0/24 via 192.0.2.1");
        plan(standard());
    }

    @AfterEach
    void delete() {
        List.of(node, pod, peer, underlay).forEach(NetworkNamespace::close);
    }

    @Test
    void aPairPassesBothWaysAndAStrangerNeither() throws IOException {
        assertThat(pings(pod, "10.244.2.10")).isTrue();
        assertThat(pings(peer, "-I 10.244.2.10 10.244.1.10")).isTrue();
        assertThat(pings(pod, "fd44:0:0:2::10")).isTrue();
        assertThat(dropped("pair_dropped")).isZero();

        assertThat(pings(pod, "10.244.3.10")).isFalse();
        assertThat(pings(peer, "-I 10.244.3.10 10.244.1.10")).isFalse();
        assertThat(pings(pod, "fd44:0:0:3::10")).isFalse();
        assertThat(dropped("pair_dropped")).isEqualTo(3);
    }

    @Test
    void aPairThatGoesStopsItsConnectionsAtOnce() throws IOException {
        assertThat(pings(pod, "-e 77 10.244.2.10")).isTrue();
        assertThat(node.exec("conntrack -L -p icmp")).contains("dst=10.244.2.10");
        var less = standard();
        less.removeAll(List.of(THERE, BACK));
        plan(less);
        assertThat(pings(pod, "-e 77 10.244.2.10")).isFalse();
        plan(standard());
        assertThat(pings(pod, "-e 77 10.244.2.10")).isTrue();
    }

    @Test
    void ownPodsReachTheirNodeInTheirOwnPrefixOnly() throws IOException {
        assertThat(pings(pod, "10.244.1.1")).isTrue();
        assertThat(pings(node, "10.244.1.10")).isTrue();
        assertThat(pings(pod, "fd44:0:0:1::1")).isTrue();
        assertThat(pings(pod, "100.71.0.11")).isFalse();
        assertThat(dropped("pair_dropped")).isEqualTo(1);
    }

    @Test
    void betweenFabricAddressesOnlyControlClusterAndEchoPass() throws IOException {
        assertThat(pings(node, "-I 100.71.0.11 100.71.0.12")).isTrue();
        assertThat(pings(peer, "-I 100.71.0.12 100.71.0.11")).isTrue();
        assertThat(connects(peer, "tcp", "100.71.0.11", 2551)).isTrue();
        assertThat(connects(node, "tcp", "100.71.0.12", 2551)).isTrue();
        assertThat(connects(node, "udp", "100.71.0.12", 7946)).isTrue();
        assertThat(connects(node, "udp", "100.71.0.12", 7948)).isTrue();
        assertThat(dropped("pair_dropped")).isZero();

        assertThat(connects(peer, "tcp", "100.71.0.11", 22)).isFalse();
        assertThat(connects(node, "tcp", "100.71.0.12", 22)).isFalse();
        assertThat(connects(node, "udp", "100.71.0.12", 53)).isFalse();
        assertThat(dropped("pair_dropped")).isPositive();
    }

    @Test
    void theHostReachesItsOwnFabricAddress() {
        assertThat(pings(node, "100.71.0.11")).isTrue();
        assertThat(connects(node, "tcp", "100.71.0.11", 22)).isTrue();
    }

    @Test
    void clearTextFromTheUnderlayIsNeverBelieved() throws IOException {
        assertThat(pings(underlay, "-I 10.244.2.77 10.244.1.10")).isFalse();
        assertThat(pings(underlay, "-I 192.0.2.2 10.244.1.10")).isFalse();
        assertThat(dropped("spoof_dropped")).isEqualTo(2);
        assertThat(pings(underlay, "-I 192.0.2.2 192.0.2.1")).isTrue();
    }

    @Test
    void nobodyClaimsWhatIsNotHis() throws IOException {
        pod.exec("ip address add 100.71.0.99/32 dev eth0");
        assertThat(pings(pod, "-I 100.71.0.99 100.71.0.12")).isFalse();
        peer.exec("ip address add 10.244.1.66/32 dev lo");
        assertThat(pings(peer, "-I 10.244.1.66 10.244.1.10")).isFalse();
        assertThat(dropped("spoof_dropped")).isEqualTo(2);
    }

    @Test
    void withoutATunnelNothingProtectedLeavesByTheUnderlay() throws IOException {
        count(underlay, "10.244.0.0/16, 100.71.0.0/16");
        node.exec("ip route del 10.244.0.0/16 dev ipsec0");
        node.exec("ip route del 100.71.0.12 dev ipsec0");
        assertThat(pings(pod, "10.244.2.10")).isFalse();
        assertThat(pings(node, "-I 10.244.1.1 10.244.2.10")).isFalse();
        assertThat(pings(node, "-I 100.71.0.11 100.71.0.12")).isFalse();
        assertThat(dropped("clear_dropped")).isEqualTo(3);
        assertThat(underlay.exec("nft list table ip seen")).contains("packets 0 bytes 0");
    }

    @Test
    void ownPodsReachTheOutsideMasqueraded() throws IOException {
        underlay.exec("ip route del 10.244.1.0/24");
        assertThat(pings(pod, "192.0.2.2")).isTrue();
        assertThat(connects(pod, "tcp", "192.0.2.2", 22)).isTrue();
        assertThat(pings(pod, "192.0.2.1")).isTrue();
        assertThat(dropped("pair_dropped")).isZero();
    }

    @Test
    void aServiceAddressThatNothingTranslatedIsDropped() throws IOException {
        assertThat(pings(pod, "10.96.0.1")).isFalse();
        assertThat(pings(node, "10.96.0.1")).isFalse();
        assertThat(dropped("service_dropped")).isEqualTo(2);
        node.exec(
                "nft -f -",
                """
                table ip services {
                  chain pre { type nat hook prerouting priority dstnat
                    ip daddr 10.96.0.1 dnat to 10.244.2.10
                  }
                  chain out { type nat hook output priority -100
                    ip daddr 10.96.0.1 dnat to 10.244.2.10
                  }
                }
                """);
        assertThat(pings(pod, "10.96.0.1")).isTrue();
        assertThat(pings(node, "-I 10.244.1.1 10.96.0.1")).isTrue();
        assertThat(dropped("service_dropped")).isEqualTo(2);
    }

    @Test
    void aRelayPassesPairsFromTunnelToTunnelOnly() throws IOException {
        var relayed = standard();
        relayed.add(NftContract.pair("10.244.2.0/24", "10.244.5.0/24"));
        relayed.add(NftContract.pair("10.244.5.0/24", "10.244.2.0/24"));
        plan(relayed);
        node.exec("sysctl -q -w net.ipv4.conf.all.send_redirects=0");
        node.exec("sysctl -q -w net.ipv4.conf.ipsec0.send_redirects=0");
        peer.exec("ip route add 10.244.5.0/24 via 100.71.0.11 dev ipsec0 onlink");
        count(peer, "10.244.5.5");
        assertThat(pings(peer, "-I 10.244.2.10 10.244.5.5")).isFalse();
        assertThat(peer.exec("nft list table ip seen")).contains("packets 1 bytes 84");
        assertThat(pings(peer, "-I 10.244.3.10 10.244.5.5")).isFalse();
        assertThat(peer.exec("nft list table ip seen")).contains("packets 1 bytes 84");
        assertThat(dropped("pair_dropped")).isEqualTo(1);
    }

    private static List<FilterResource> standard() {
        return new ArrayList<>(
                List.of(
                        NftContract.SKELETON,
                        new FilterResource.Cluster(Cidr.parse("10.244.0.0/16")),
                        new FilterResource.Cluster(Cidr.parse("fd44::/48")),
                        new FilterResource.Fabric(Cidr.parse("100.71.0.0/16")),
                        new FilterResource.Services(Cidr.parse("10.96.0.0/16")),
                        new FilterResource.OwnPods(Cidr.parse("10.244.1.0/24")),
                        new FilterResource.OwnPods(Cidr.parse("fd44:0:0:1::/64")),
                        NftContract.pair("10.244.1.0/24", "10.244.1.0/24"),
                        NftContract.pair("fd44:0:0:1::/64", "fd44:0:0:1::/64"),
                        NftContract.pair("fd44:0:0:1::/64", "fd44:0:0:2::/64"),
                        NftContract.pair("fd44:0:0:2::/64", "fd44:0:0:1::/64"),
                        THERE,
                        BACK));
    }

    private void plan(List<FilterResource> resources) throws IOException {
        var desired = new TreeMap<String, Planned<FilterResource>>();
        var reason = new Reason("a test wants it", List.of());
        resources.forEach(each -> desired.put(each.key(), new Planned<>(each, reason)));
        var driver = driver();
        driver.apply(Diff.between(driver.observe(), desired));
        assertThat(Diff.between(driver.observe(), desired).isEmpty()).isTrue();
    }

    private NftDriver driver() {
        return new NftDriver(node.commands(), state);
    }

    private long dropped(String counter) throws IOException {
        return driver().counters().getOrDefault(counter, new Count(-1, -1)).packets();
    }

    private static void batch(NetworkNamespace namespace, String... lines) {
        for (var line : lines) {
            namespace.exec("ip " + line);
        }
    }

    /** Counts what comes in for these addresses. */
    private static void count(NetworkNamespace where, String addresses) {
        where.exec(
                "nft -f -",
                """
                table ip seen {
                  chain in {
                    type filter hook prerouting priority raw
                    ip daddr { %s } counter
                  }
                }
                """
                        .formatted(addresses));
    }

    private static boolean pings(NetworkNamespace from, String arguments) {
        return from.succeeds("ping -c 1 -W 1 " + arguments);
    }

    /** Nobody listens, so an answer is a refusal: it shows that packets pass both ways. */
    private static boolean connects(
            NetworkNamespace from, String protocol, String address, int port) {
        var target = "/dev/%s/%s/%d".formatted(protocol, address, port);
        try {
            var command = "exec 3<>" + target + " && echo >&3 && read -t 1 -u 3";
            var output =
                    from.commands()
                            .attempt(Map.of(), "", List.of("timeout", "1", "bash", "-c", command));
            return output.stderr().contains("refused");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
