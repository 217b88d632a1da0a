// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.sim.scale.ScaleFigures.Cost;
import io.selvedge.sim.scale.ScaleFigures.Heal;
import io.selvedge.sim.scale.ScaleFigures.Idle;
import io.selvedge.sim.scale.ScaleFigures.Spreads;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One measurement, from drawing the fabric to the figures. */
public final class ScaleRun {
    private static final int CHANGES = 300;
    private static final int CHANGE_EVERY_MILLIS = 100;
    private static final int REVOCATIONS = 20;
    private static final int REVOCATION_EVERY_MILLIS = 2_000;
    private static final int SPREAD_MAX_SECONDS = 120;

    /** The fabric is at rest when ten seconds cost what the ten before did, within 1 %. */
    private static final int REST_WINDOW_MILLIS = 10_000;

    private static final double REST_WITHIN = 0.01;
    private static final int REST_MAX_SECONDS = 600;

    /** In a split fabric an edge of each half changes so often. */
    private static final int SPLIT_CHANGE_EVERY_MILLIS = 10_000;

    private static final int HEAL_LOOK_MILLIS = 100;
    private static final int HEAL_MAX_SECONDS = 600;

    private final ScaleSettings settings;
    private final Meter meter;
    private final Layout layout;
    private final Archive archive;
    private final Random random;
    private double idleBytesPerMilli;
    private long version = 1;

    private ScaleRun(ScaleSettings settings, Meter meter) {
        this.settings = settings;
        this.meter = meter;
        meter.begin("drawing %,d nodes".formatted(settings.nodes()));
        layout = new Layout(settings);
        archive = new Archive(layout);
        random = new Random(settings.seed() + 1);
    }

    /** Measures, for a while. */
    public static ScaleReport measure(ScaleSettings settings, Meter meter) {
        return new ScaleReport(new ScaleRun(settings, meter).measure());
    }

    private ScaleFigures measure() {
        meter.begin("planning");
        var plan = PlanCost.of(layout, archive);
        meter.begin("weighing the heap of edges");
        long heap = HeapCost.bytesPerNode(layout, archive);
        meter.begin("building %,d nodes".formatted(settings.nodes()));
        var world = new ScaleWorld(layout, archive);
        settle(world);
        var idle = idle(world);
        var edges = sampleEdges();
        var inScope =
                spread(
                        world,
                        "changes",
                        edges.size(),
                        CHANGE_EVERY_MILLIS,
                        () -> world.changeEndpoint(edges.removeLast(), ++version));
        var fabricWide =
                spread(world, "revocations", REVOCATIONS, REVOCATION_EVERY_MILLIS, world::revoke);
        var heal = settings.partition().isZero() ? null : partition(world);
        meter.end();
        return new ScaleFigures(settings, inScope, fabricWide, idle, plan, heap, heal, cost(world));
    }

    /** Until everybody knows its neighbours. */
    private void settle(ScaleWorld world) {
        long before = Long.MAX_VALUE;
        for (int waited = 0; waited < REST_MAX_SECONDS; waited += REST_WINDOW_MILLIS / 1_000) {
            var start = world.wan().copy();
            run(world, REST_WINDOW_MILLIS, "settling");
            long bytes = world.wan().since(start).total();
            if (Math.abs(bytes - before) <= REST_WITHIN * bytes) {
                return;
            }
            before = bytes;
        }
    }

    private Idle idle(ScaleWorld world) {
        var wan = world.wan().copy();
        var lan = world.lan().copy();
        long millis = settings.idle().toMillis();
        run(world, millis, "idle");
        wan = world.wan().since(wan);
        lan = world.lan().since(lan);
        idleBytesPerMilli = (wan.total() + lan.total()) / (double) millis;
        double seconds = millis / 1e3;
        var rates = wan.plus(lan).perSecond(seconds);
        return new Idle(
                wan.plus(lan).total() / seconds / settings.nodes(),
                rates[(int) Math.ceil(0.99 * rates.length) - 1],
                wan.of(Layout.CONNECTOR) / seconds,
                lan.total() / seconds / settings.nodes());
    }

    private Spreads spread(
            ScaleWorld world, String what, int changes, int everyMillis, Supplier<Spread> change) {
        var spreads = new ArrayList<Spread>();
        var before = world.wan().plus(world.lan());
        long start = world.now();
        for (int made = 0; made < changes; made++) {
            spreads.add(change.get());
            run(world, everyMillis, what + " " + (made + 1));
        }
        long until = world.now() + SPREAD_MAX_SECONDS * 1_000L;
        while (world.now() < until && !spreads.stream().allMatch(Spread::isComplete)) {
            run(world, 1_000, "waiting until all have the " + what);
        }
        long now = world.now();
        double bytes = world.wan().plus(world.lan()).since(before).total();
        double caused = Math.max(0, bytes - idleBytesPerMilli * (now - start));
        return new Spreads(
                changes,
                (int) spreads.stream().filter(spread -> !spread.isComplete()).count(),
                spreads.stream().mapToInt(Spread::keepers).average().orElseThrow(),
                Quantiles.ofMillis(spreads.stream().map(spread -> spread.millis(now)).toList()),
                Quantiles.ofMillis(
                        spreads.stream().flatMap(spread -> spread.arrivals().stream()).toList()),
                caused / changes);
    }

    /** Edges of either half change while the fabric is split; then the time to equal records. */
    private Heal partition(ScaleWorld world) {
        world.cut();
        long end = world.now() + settings.partition().toMillis();
        int changes = 0;
        while (world.now() < end) {
            world.changeEndpoint(anyEdge(), ++version);
            changes++;
            run(
                    world,
                    Math.min(SPLIT_CHANGE_EVERY_MILLIS / 2, end - world.now()),
                    "split, change " + changes);
        }
        world.revoke();
        run(world, 1_000, "split");
        world.heal();
        long healed = world.now();
        long giveUp = healed + HEAL_MAX_SECONDS * 1_000L;
        boolean equal = false;
        while (!equal && world.now() < giveUp) {
            run(world, HEAL_LOOK_MILLIS, "healed");
            equal = world.isEqual();
        }
        return new Heal((world.now() - healed) / 1e3, changes + 1, equal);
    }

    private List<Integer> sampleEdges() {
        var edges = new ArrayList<>(IntStream.range(1, layout.nodes()).boxed().toList());
        Collections.shuffle(edges, random);
        return new ArrayList<>(edges.subList(0, Math.min(CHANGES, edges.size())));
    }

    private int anyEdge() {
        return 1 + random.nextInt(layout.nodes() - 1);
    }

    private void run(ScaleWorld world, long millis, String what) {
        world.run(
                millis,
                second -> meter.at("%s (second %,d of the fabric)".formatted(what, second)));
    }

    private Cost cost(ScaleWorld world) {
        long peak =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum();
        long datagrams = world.wan().plus(world.lan()).datagrams();
        return new Cost(meter.seconds(), peak, world.now() / 1_000, datagrams);
    }
}
