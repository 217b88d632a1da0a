// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.cluster.ClusterPlane;
import io.selvedge.node.status.OperationLedger;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.paths.PeerPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a node answers when asked for its status: one JSON document, by {@code status.schema.json}.
 */
final class NodeStatus {
    private final String name;
    private final StatusBoard board;
    private final OperationLedger ledger;
    private final Supplier<Duration> fabricUptime;
    private final Supplier<@Nullable ClusterPlane> cluster;

    NodeStatus(
            String name,
            StatusBoard board,
            OperationLedger ledger,
            Supplier<Duration> fabricUptime,
            Supplier<@Nullable ClusterPlane> cluster) {
        this.name = name;
        this.board = board;
        this.ledger = ledger;
        this.fabricUptime = fabricUptime;
        this.cluster = cluster;
    }

    String json() {
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(document());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Map<String, @Nullable Object> document() {
        var fabric = board.fabric();
        var grant = fabric.grant();
        var plane = cluster.get();
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("node", name);
        document.put(
                "roles",
                grant == null
                        ? List.of()
                        : grant.roles().stream().map(role -> role.toString()).toList());
        document.put("site", grant == null ? null : grant.site());
        document.put("fabricAddress", grant == null ? null : grant.fabricAddress().toString());
        document.put(
                "uptimeSeconds",
                Map.of(
                        "jvm",
                        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
                        "fabric",
                        seconds(fabricUptime.get()),
                        "cluster",
                        plane == null ? 0.0 : seconds(plane.uptime())));
        document.put("members", plane == null ? List.of() : members(plane));
        var digests = new LinkedHashMap<String, String>();
        fabric.digests().forEach((scope, digest) -> digests.put(scope.toString(), digest));
        document.put("digests", digests);
        document.put("tunnels", board.paths().peers().values().stream().map(this::tunnel).toList());
        document.put("operations", operations());
        var refusals = new LinkedHashMap<String, Long>();
        fabric.refusals().forEach((cause, count) -> refusals.put(kebab(cause), count));
        document.put("refusals", refusals);
        document.put("outbox", outbox());
        document.put("failure", board.machine().failure());
        document.put("converged", board.converged());
        return document;
    }

    private static List<Map<String, Object>> members(ClusterPlane plane) {
        return plane.members().stream()
                .<Map<String, Object>>map(member ->
                        Map.of(
                                "address", member.address(),
                                "status", member.status(),
                                "dataCenter", member.dataCenter(),
                                "reachable", member.reachable()))
                .toList();
    }

    private Map<String, Object> tunnel(PeerPath path) {
        long age = System.nanoTime() / 1_000_000 - path.sinceMillis();
        var tunnel = new LinkedHashMap<String, Object>();
        tunnel.put("peer", path.peer());
        tunnel.put("state", lower(path.state()));
        tunnel.put("path", lower(path.way()));
        tunnel.put("ikeIds", path.ikeIds());
        tunnel.put("childIds", path.childIds());
        tunnel.put("since", Instant.now().minusMillis(age).toString());
        return tunnel;
    }

    private Map<String, Object> operations() {
        var operations = new LinkedHashMap<String, Object>();
        ledger.entries()
                .forEach((driver, entry) -> {
                    var counted = new LinkedHashMap<String, @Nullable Object>();
                    counted.put("count", entry.count());
                    counted.put("lastCause", entry.lastCause());
                    var at = entry.lastAt();
                    counted.put("lastAt", at == null ? null : at.toString());
                    operations.put(driver, counted);
                });
        return operations;
    }

    private @Nullable Map<String, @Nullable Object> outbox() {
        var reports = board.reports();
        var status = reports.outbox();
        if (status == null) {
            return null;
        }
        var outbox = new LinkedHashMap<String, @Nullable Object>();
        outbox.put("depth", status.depth());
        outbox.put("bytes", status.bytes());
        outbox.put("oldest", status.oldest() == null ? null : status.oldest().toString());
        outbox.put("epoch", status.epoch());
        outbox.put("acknowledged", status.acknowledged());
        outbox.put("dropped", status.dropped());
        outbox.put("failure", reports.failure());
        return outbox;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String kebab(Enum<?> value) {
        return lower(value).replace('_', '-');
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
