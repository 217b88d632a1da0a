// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the IKE daemon is and where its files go.
 *
 * @param directory of its own: configuration, socket, log, pid; a short path, for Unix sockets end
 *     at 107 bytes
 * @param binary charon-systemd
 * @param launcher put before the command line: empty starts it where this process is
 */
public record CharonSettings(Path directory, Path binary, List<String> launcher) {
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

    /** Below the node's data directory, in the network namespace of this process. */
    public static CharonSettings below(Path dataDir, Path binary) {
        return new CharonSettings(dataDir.toAbsolutePath().resolve("charon"), binary, List.of());
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
          # Gives a peer up after about 19 s, and finds one again within 3 s.
          retransmit_timeout = 1.0
          retransmit_base = 1.4
          retransmit_tries = 7
          retransmit_limit = 3
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
                .formatted(socket(), log());
    }
}
