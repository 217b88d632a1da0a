// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.sim.scale.ScaleFigures.Spreads;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The figures of one measurement, for a person and for a program. */
public final class ScaleReport {
    private final ScaleFigures figures;

    ScaleReport(ScaleFigures figures) {
        this.figures = figures;
    }

    /** Whether every change reached all it had to, and a split fabric became one again. */
    public boolean isComplete() {
        var heal = figures.heal();
        return figures.inScope().incomplete() == 0
                && figures.fabricWide().incomplete() == 0
                && (heal == null || heal.isEqual());
    }

    /** As {@code scale.schema.json} says. */
    public String json() {
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(map()) + "\n";
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public String table() {
        var settings = figures.settings();
        var idle = figures.idle();
        var plan = figures.plan();
        var cost = figures.cost();
        var text = new StringBuilder();
        line(
                text,
                "%,d nodes on %,d sites, Communities of %d, %s %% loss, seed %d%s"
                        .formatted(
                                settings.nodes(),
                                settings.sites(),
                                settings.community(),
                                trimmed(settings.loss() * 100),
                                settings.seed(),
                                settings.naive() ? ", the naive design" : ""));
        line(text, "");
        line(
                text,
                "%-28s %9s %9s %9s".formatted("until all in scope have it", "p50", "p99", "max"));
        row(text, "a changed endpoint", figures.inScope());
        row(text, "a revocation, fabric-wide", figures.fabricWide());
        line(text, "");
        line(
                text,
                "%-28s %,.0f B/s a node (p99 %,.0f; of it LAN %,.0f); the connector %,.0f B/s"
                        .formatted("idle", idle.mean(), idle.p99(), idle.lan(), idle.connector()));
        change(text, "a changed endpoint", figures.inScope());
        change(text, "a revocation", figures.fabricWide());
        line(
                text,
                "%-28s full %.2f ms, after one change %.2f ms (the view: %.2f ms)"
                        .formatted(
                                "plan of an edge",
                                plan.fullMillis(),
                                plan.incrementalMillis(),
                                plan.viewMillis()));
        line(text, "%-28s %s".formatted("heap of an edge", bytes(figures.heapBytesPerNode())));
        var heal = figures.heal();
        if (heal != null) {
            line(
                    text,
                    "%-28s equal records %s %.1f s after the heal, of %,d changes meanwhile"
                            .formatted(
                                    "split for "
                                            + trimmed(settings.partition().toSeconds() / 3600.0)
                                            + " h",
                                    heal.isEqual() ? "" : "NOT reached",
                                    heal.seconds(),
                                    heal.changes()));
        }
        line(
                text,
                "%-28s %.0f s for %,d s of the fabric, %,d datagrams, at most %s of heap"
                        .formatted(
                                "this run",
                                cost.wallSeconds(),
                                cost.virtualSeconds(),
                                cost.datagrams(),
                                bytes(cost.peakHeapBytes())));
        return text.toString();
    }

    private static void row(StringBuilder text, String what, Spreads spreads) {
        var times = spreads.complete();
        line(
                text,
                "%-28s %7.2f s %7.2f s %7.2f s  %d times, to %,.0f nodes each%s"
                        .formatted(
                                what,
                                times.p50Seconds(),
                                times.p99Seconds(),
                                times.maxSeconds(),
                                spreads.changes(),
                                spreads.keepers(),
                                spreads.incomplete() == 0
                                        ? ""
                                        : ", " + spreads.incomplete() + " NOT COMPLETE"));
    }

    private static void change(StringBuilder text, String what, Spreads spreads) {
        line(
                text,
                "%-28s %s in all, %,.0f B a node in scope"
                        .formatted(
                                what,
                                bytes(Math.round(spreads.bytesPerChange())),
                                spreads.bytesPerChange() / spreads.keepers()));
    }

    private Map<String, Object> map() {
        var settings = figures.settings();
        var map = new LinkedHashMap<String, Object>();
        map.put("nodes", settings.nodes());
        map.put("sites", settings.sites());
        map.put("community", settings.community());
        map.put("loss", settings.loss());
        map.put("seed", settings.seed());
        map.put("design", settings.naive() ? "naive" : "scoped");
        map.put("durationSeconds", settings.idle().toMillis() / 1e3);
        map.put("convergence", spreads(figures.inScope()));
        map.put("fabricWide", spreads(figures.fabricWide()));
        var idle = figures.idle();
        map.put("idleBytesPerSecond", idle.mean());
        map.put(
                "idle",
                Map.of(
                        "p99BytesPerSecond", idle.p99(),
                        "connectorBytesPerSecond", idle.connector(),
                        "lanBytesPerSecond", idle.lan()));
        map.put("bytesPerChange", figures.inScope().bytesPerChange());
        var plan = new LinkedHashMap<String, Object>();
        plan.put("fullMillis", figures.plan().fullMillis());
        plan.put("incrementalMillis", figures.plan().incrementalMillis());
        plan.put("viewMillis", figures.plan().viewMillis());
        map.put("plan", plan);
        map.put("heapBytesPerNode", figures.heapBytesPerNode());
        var heal = figures.heal();
        if (heal != null) {
            map.put("heal", heal(heal));
        }
        map.put("run", cost());
        return map;
    }

    private Map<String, Object> heal(ScaleFigures.Heal heal) {
        var map = new LinkedHashMap<String, Object>();
        map.put("partitionSeconds", figures.settings().partition().toSeconds());
        map.put("seconds", heal.seconds());
        map.put("changes", heal.changes());
        map.put("equal", heal.isEqual());
        return map;
    }

    private Map<String, Object> cost() {
        var cost = figures.cost();
        var map = new LinkedHashMap<String, Object>();
        map.put("wallSeconds", cost.wallSeconds());
        map.put("virtualSeconds", cost.virtualSeconds());
        map.put("datagrams", cost.datagrams());
        map.put("peakHeapBytes", cost.peakHeapBytes());
        return map;
    }

    private static Map<String, Object> spreads(Spreads spreads) {
        var map = spreads.complete().map();
        map.put("arrival", spreads.arrival().map());
        map.put("changes", spreads.changes());
        map.put("incomplete", spreads.incomplete());
        map.put("nodes", spreads.keepers());
        map.put("bytesPerChange", spreads.bytesPerChange());
        return map;
    }

    private static String bytes(long bytes) {
        return bytes < 10_000
                ? "%,d B".formatted(bytes)
                : bytes < 10_000_000
                        ? "%,.0f kB".formatted(bytes / 1e3)
                        : "%,.0f MB".formatted(bytes / 1e6);
    }

    private static String trimmed(double number) {
        return String.format(Locale.ROOT, "%.3f", number).replaceAll("\\.?0+$", "");
    }

    private static void line(StringBuilder text, String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
