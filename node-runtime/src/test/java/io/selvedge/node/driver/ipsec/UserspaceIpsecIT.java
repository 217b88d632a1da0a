// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.selvedge.jvici.Message;
import io.selvedge.jvici.ViciClient;
import io.selvedge.model.IpAddress;
import io.selvedge.node.driver.IpsecBackend;
import io.selvedge.node.driver.IpsecBackendContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract with real daemons, a cable between them, and packets through the tunnel. */
class UserspaceIpsecIT extends IpsecBackendContract {
    private static final Path BINARY = Path.of("/usr/sbin/charon-systemd");
    private static NetworkNamespace leftNamespace;
    private static NetworkNamespace rightNamespace;

    @TempDir Path dir;
    private Charon leftCharon;
    private Charon rightCharon;
    private UserspaceIpsec left;
    private UserspaceIpsec right;

    @BeforeAll
    static void cable() throws IOException {
        leftNamespace = NetworkNamespace.create("left");
        rightNamespace = NetworkNamespace.create("right");
        NetworkNamespace.connect(leftNamespace, rightNamespace);
        address(leftNamespace, 1);
        address(rightNamespace, 2);
    }

    private static void address(NetworkNamespace namespace, int number) throws IOException {
        namespace.ip("address", "add", "10.9.0." + number + "/24", "dev", "wan");
        namespace.ip("link", "set", "wan", "up");
        namespace.ip("link", "add", "selvedge0", "type", "bridge");
        namespace.ip("link", "set", "selvedge0", "up");
        namespace.ip("address", "add", "10.50." + number + ".1/32", "dev", "selvedge0");
        namespace.ip("address", "add", "100.71.0." + number + "/32", "dev", "selvedge0");
    }

    @AfterAll
    static void unplug() throws IOException {
        for (var namespace : new NetworkNamespace[] {leftNamespace, rightNamespace}) {
            if (namespace != null) {
                namespace.close();
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        leftCharon = charon("left", leftNamespace);
        rightCharon = charon("right", rightNamespace);
        leftCharon.ensureRunning();
        rightCharon.ensureRunning();
        left = new UserspaceIpsec(leftCharon, List.of(LEFT_KEY));
        right = new UserspaceIpsec(rightCharon, List.of(RIGHT_KEY));
    }

    private Charon charon(String name, NetworkNamespace namespace) {
        return new Charon(new CharonSettings(dir.resolve(name), BINARY, namespace.prefix()));
    }

    @AfterEach
    void stop() throws IOException {
        leftCharon.stop();
        rightCharon.stop();
        left.close();
        right.close();
    }

    @Override
    protected IpsecBackend left() {
        return left;
    }

    @Override
    protected IpsecBackend right() {
        return right;
    }

    @Override
    protected IpsecBackend leftReopened() throws IOException {
        left.close();
        leftCharon = charon("left", leftNamespace);
        left = new UserspaceIpsec(leftCharon, List.of(LEFT_KEY));
        return left;
    }

    @Override
    protected void loadForeignConnection(String name) throws IOException {
        try (var vici = new ViciClient(leftCharon.socket(), Duration.ofSeconds(5))) {
            var any = Message.builder().put("auth", "pubkey").build();
            var connection =
                    Message.builder()
                            .put("version", "2")
                            .section("local", any)
                            .section("remote", any)
                            .build();
            vici.call("load-conn", Message.builder().section(name, connection).build());
        }
    }

    @Override
    protected List<String> foreignConnections() throws IOException {
        try (var vici = new ViciClient(leftCharon.socket(), Duration.ofSeconds(5))) {
            return vici.call("get-conns").texts("conns");
        }
    }

    @Override
    protected void killLeftDaemon() {
        var process = Objects.requireNonNull(leftCharon.process());
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
    }

    @Override
    protected void cut() throws IOException {
        leftNamespace.exec(
                """
                table inet cut {
                  chain in { type filter hook input priority 0; udp dport { 500, 4500 } drop; }
                  chain out { type filter hook output priority 0; udp dport { 500, 4500 } drop; }
                }
                """,
                "nft",
                "-f",
                "-");
    }

    @Override
    protected void heal() throws IOException {
        leftNamespace.exec("delete table inet cut", "nft", "-f", "-");
    }

    @Override
    protected IpAddress rightAddress() {
        return IpAddress.parse("10.9.0.2");
    }

    @Test
    void packetsGoThroughAndAreCounted() throws IOException {
        connect();

        leftNamespace.exec("", "ping", "-c", "3", "-i", "0.05", "-I", "100.71.0.1", "10.50.2.1");

        assertThat(left.associations().getFirst().children().getFirst().packetsOut())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void theDaemonKnowsNothingOfThisProcess() throws IOException {
        var process = Objects.requireNonNull(leftCharon.process());
        String environment = Files.readString(Path.of("/proc/" + process.pid() + "/environ"));

        assertThat(environment.split("\0", -1))
                .as("PATH, STRONGSWAN_CONF and the end")
                .hasSize(3)
                .anyMatch(variable -> variable.startsWith("STRONGSWAN_CONF="));
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        assertThat(stat)
                .as("leads its session")
                .containsPattern("\\) \\S \\d+ \\d+ " + process.pid() + " ");
        assertThat(leftCharon.ensureRunning()).as("started a second one").isFalse();
    }

    @Test
    void refusesAPrivateKeyThatIsNotOfThePublicOne() throws IOException {
        left.close();
        left =
                new UserspaceIpsec(
                        leftCharon,
                        List.of(new OwnIkeKey(LEFT_KEY.publicKey(), RIGHT_KEY.privateKey())));

        assertThatThrownBy(this::connect)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ike.key is not the private half");
        assertThat(left.observe()).containsExactly(leftToRight().key());
    }

    @Test
    void saysWhatToInstallWhenThereIsNoDaemon() {
        var nowhere =
                new Charon(new CharonSettings(dir.resolve("x"), Path.of("/no/charon"), List.of()));

        assertThatThrownBy(nowhere::ensureRunning)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("install the package charon-systemd");
    }

    @Test
    void saysWhatADaemonThatEndsSaid() {
        var broken =
                new Charon(new CharonSettings(dir.resolve("x"), Path.of("/bin/false"), List.of()));

        assertThatThrownBy(broken::ensureRunning)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended at once");
    }
}
