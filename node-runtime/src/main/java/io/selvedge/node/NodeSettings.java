// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.model.Role;
import io.selvedge.plan.NodeDefaults;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a node, documented in {@code reference.conf}.
 *
 * @param outboxBytes what reports may take that wait to be acknowledged
 * @param lan null on nodes that announce nothing on their LANs
 * @param journal where the authority's journal lies; only cloud nodes open it
 * @param apiPort where cloud nodes answer about what the authority decided
 * @param authorityKey the file of the authority's record key; only cloud nodes read it
 * @param intent null on nodes that publish nothing
 */
public record NodeSettings(
        String name,
        Path dataDir,
        Path enrolment,
        int controlPort,
        @Nullable LanSettings lan,
        int gatewayPort,
        int clusterPort,
        String ownDevice,
        String backend,
        Path charon,
        Path cniConfDir,
        String cniBridge,
        Path cniIpamDir,
        Reconcile reconcile,
        long outboxBytes,
        JournalSettings journal,
        Path authorityKey,
        int apiPort,
        @Nullable IntentSettings intent) {
    /** The devices that userspace ESP makes, numbered as its daemons start: the relay's first. */
    public static final String RELAY_DEVICE = "ipsec0";

    public static final String DIRECT_DEVICE = "ipsec1";

    private static final String KEY_FILE = "authority.key";
    private static final long OUTBOX_MIN = 64 * 1024;
    private static final long OUTBOX_MAX = 64 * 1024 * 1024;

    /** How often to look, and how long to wait after a failure. */
    public record Reconcile(Duration interval, Duration backoffMin, Duration backoffMax) {}

    /** Where nodes of one site find each other. */
    public record LanSettings(int port) {}

    /** Where the one publishing cloud node finds what to publish. */
    public record IntentSettings(Path folder, Path registrations, Path state) {}

    /** Reads a file; an {@link IllegalArgumentException} names the setting and what is wrong. */
    public static NodeSettings load(Path file) {
        if (!file.toFile().isFile()) {
            throw new IllegalArgumentException(file + ": no such file");
        }
        try {
            File parsed = file.toFile();
            return of(
                    ConfigFactory.load(ConfigFactory.parseFile(parsed)).getConfig("selvedge.node"));
        } catch (ConfigException wrong) {
            throw new IllegalArgumentException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    static NodeSettings of(Config config) {
        return new NodeSettings(
                required(config, "name"),
                Path.of(required(config, "data-dir")),
                Path.of(required(config, "enrolment")),
                port(config, "control-port"),
                config.getBoolean("lan.announce")
                        ? new LanSettings(port(config, "lan.port"))
                        : null,
                port(config, "gateway-port"),
                port(config, "cluster-port"),
                required(config, "own-device"),
                required(config, "ipsec.backend"),
                Path.of(required(config, "ipsec.charon")),
                Path.of(required(config, "cni.conf-dir")),
                required(config, "cni.bridge"),
                Path.of(required(config, "cni.ipam-dir")),
                new Reconcile(
                        positive(config, "reconcile.interval"),
                        positive(config, "reconcile.backoff-min"),
                        positive(config, "reconcile.backoff-max")),
                outboxBytes(config),
                JournalSettings.parse(
                        required(config, "authority.journal"),
                        config.getString("authority.password-file"),
                        Path.of(required(config, "data-dir"))),
                authorityKey(config),
                port(config, "authority.api-port"),
                config.hasPath("intent") ? intent(config) : null);
    }

    /** What a node with these roles takes from its settings for its plan. */
    public NodeDefaults defaults(Set<Role> roles) {
        return new NodeDefaults(
                RELAY_DEVICE,
                DIRECT_DEVICE,
                ownDevice,
                cniBridge,
                controlPort,
                gatewayPort,
                clusterPort,
                roles.contains(Role.CLOUD) ? apiPort : 0);
    }

    /** The devices that Selvedge makes: what is on them is no underlay. */
    public Set<String> ownDevices() {
        return Set.of(ownDevice, cniBridge, RELAY_DEVICE, DIRECT_DEVICE);
    }

    private static IntentSettings intent(Config config) {
        return new IntentSettings(
                Path.of(required(config, "intent.folder")),
                Path.of(required(config, "intent.registrations")),
                Path.of(required(config, "intent.state")));
    }

    private static Path authorityKey(Config config) {
        var key = config.getString("authority.key");
        if (!key.isBlank()) {
            return Path.of(key);
        }
        return config.hasPath("intent")
                ? intent(config).state().resolve(KEY_FILE)
                : Path.of(required(config, "enrolment")).resolve(KEY_FILE);
    }

    private static String required(Config config, String path) {
        var value = config.getString(path);
        if (value.isBlank()) {
            throw new IllegalArgumentException("selvedge.node." + path + " must be set");
        }
        return value;
    }

    private static int port(Config config, String path) {
        int port = config.getInt(path);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "selvedge.node.%s must be a port from 1 to 65535, not %d"
                            .formatted(path, port));
        }
        return port;
    }

    private static long outboxBytes(Config config) {
        long bytes = config.getBytes("outbox.bytes");
        if (bytes < OUTBOX_MIN || bytes > OUTBOX_MAX) {
            throw new IllegalArgumentException(
                    "selvedge.node.outbox.bytes must be from 64KiB to 64MiB, not " + bytes);
        }
        return bytes;
    }

    private static Duration positive(Config config, String path) {
        var duration = config.getDuration(path);
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("selvedge.node." + path + " must be above zero");
        }
        return duration;
    }
}
