// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import io.selvedge.plan.NodeDefaults;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the IKE daemon is and where its files go.
 *
 * @param directory of its own: configuration, socket, log, pid; a short path, for Unix sockets end
 *     at 107 bytes
 * @param binary charon-systemd
 * @param launcher put before the command line: empty starts it where this process is
 * @param port of IKE; 0 lets the kernel choose, for a daemon that only initiates
 * @param natPort of IKE and ESP in UDP; 0 likewise
 * @param table that the daemon puts the routes of its tunnels in
 * @param tablePriority of the rule that leads to that table
 */
public record CharonSettings(
        Path directory,
        Path binary,
        List<String> launcher,
        int port,
        int natPort,
        int table,
        int tablePriority) {
    /** Before the main table, so that tunnels win over what fails closed. */
    private static final int BEFORE_MAIN = 220;

    /** After the main table, where nothing comes that fails closed: only probes get there. */
    private static final int AFTER_MAIN = 40_000;

    private static final int SOCKET_PATH_MAX = 107;

    public CharonSettings {
        directory = directory.toAbsolutePath();
        launcher = List.copyOf(launcher);
        int length = directory.resolve("charon.vici").toString().length();
        if (length > SOCKET_PATH_MAX) {
            throw new IllegalArgumentException(
                    "%s/charon.vici has %d characters, a Unix socket takes %d; shorten data-dir"
                            .formatted(directory, length, SOCKET_PATH_MAX));
        }
    }

    /** One daemon for everything, which peers may come to. */
    public CharonSettings(Path directory, Path binary, List<String> launcher) {
        this(directory, binary, launcher, 500, 4500, 220, BEFORE_MAIN);
    }

    /** A connector's: below the node's data directory, in this process's network namespace. */
    public static CharonSettings connector(Path dataDir, Path binary) {
        return new CharonSettings(below(dataDir, "charon"), binary, List.of());
    }

    /** For the tunnels of a node to its connectors; nobody comes to it. */
    public static CharonSettings relay(Path dataDir, Path binary) {
        return new CharonSettings(
                below(dataDir, "charon"), binary, List.of(), 0, 0, 220, BEFORE_MAIN);
    }

    /** For the tunnels of a node to its peers, which carry only what a path's route sends. */
    public static CharonSettings direct(Path dataDir, Path binary) {
        return new CharonSettings(
                below(dataDir, "direct"),
                binary,
                List.of(),
                500,
                4500,
                NodeDefaults.DIRECT_TABLE,
                AFTER_MAIN);
    }

    private static Path below(Path dataDir, String daemon) {
        return dataDir.toAbsolutePath().resolve(daemon);
    }

    Path configuration() {
        return directory.resolve("strongswan.conf");
    }

    Path socket() {
        return directory.resolve("charon.vici");
    }

    Path log() {
        return directory.resolve("charon.log");
    }

    /** What the daemon writes before its log is open, and after. */
    Path output() {
        return directory.resolve("charon.out");
    }

    Path pid() {
        return directory.resolve("charon.pid");
    }

    /** The text of strongswan.conf for ESP in userspace (kernel-libipsec before kernel-netlink). */
    String userspaceConfiguration() {
        return """
        # Written by Selvedge when it starts the daemon; changes are lost.
        charon {
          load_modular = no
          load = random nonce openssl pem pkcs1 pkcs8 pubkey x509 revocation constraints kdf drbg \
        kernel-libipsec kernel-netlink socket-default vici counters
          install_virtual_ip = no
          port = %d
          port_nat_t = %d
          routing_table = %d
          routing_table_prio = %d
          # Gives a peer up after about 20 s, and finds one again within 2 s.
          retransmit_timeout = 1.0
          retransmit_base = 1.4
          retransmit_tries = 9
          retransmit_limit = 2
          make_before_break = yes
          # An IKE SA whose child the peer's older plan refused would keep that plan.
          close_ike_on_child_failure = yes
          keep_alive = 20s
          # Many edges may stand behind one address: above that, cookies and silence.
          dos_protection = yes
          cookie_threshold = 500
          cookie_threshold_ip = 200
          block_threshold = 400
          plugins {
            vici {
              socket = unix://%s
            }
          }
          filelog {
            main {
              path = %s
              default = 1
              append = yes
              flush_line = yes
              time_add_ms = yes
              time_format = %%Y-%%m-%%dT%%H:%%M:%%S
            }
          }
        }
        """
                .formatted(port, natPort, table, tablePriority, socket(), log());
    }
}
