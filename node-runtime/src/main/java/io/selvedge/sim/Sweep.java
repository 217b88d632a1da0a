// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import io.selvedge.sim.scale.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Many seeds, on two threads with a world each, until one breaks or all have held. */
public final class Sweep {
    private static final int THREADS = 2;
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    private final long to;
    private final long first;
    private final AtomicLong next;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final List<Long> equalAfter = new ArrayList<>();
    private volatile Outcome.@Nullable Failed failed;
    private final Consumer<String> progress;
    private final BooleanSupplier enough;
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime());

    public Sweep(long from, long to, Consumer<String> progress) {
        this(from, to, progress, () -> false);
    }

    /**
     * @param enough asked before each seed whether to stop there
     */
    public Sweep(long from, long to, Consumer<String> progress, BooleanSupplier enough) {
        this.first = from;
        this.to = to;
        this.next = new AtomicLong(from);
        this.progress = progress;
        this.enough = enough;
    }

    /** The first world that broke; null when all held. */
    public Outcome.@Nullable Failed run() {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().name("world-" + i).start(this::work));
        }
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                next.set(to + 1);
            }
        }
        return failed;
    }

    /** How many worlds held. */
    public long held() {
        return held.get();
    }

    /** How long after the last heal records were equal, over all worlds that held. */
    public synchronized Quantiles equalAfter() {
        return Quantiles.ofMillis(equalAfter);
    }

    /**
     * What was seen so far, in a sentence, with how long after the last heal records were equal.
     */
    public synchronized String summary() {
        var worlds =
                "%d worlds held, from seed %d on; %d events"
                        .formatted(held.get(), first, events.get());
        if (equalAfter.isEmpty()) {
            return worlds;
        }
        var after = equalAfter();
        return "%s; records equal after the last heal: p50 %.1f s, p99 %.1f s, max %.1f s"
                .formatted(worlds, after.p50Seconds(), after.p99Seconds(), after.maxSeconds());
    }

    private synchronized void noteHeld(Outcome.Held world) {
        held.incrementAndGet();
        events.addAndGet(world.events());
        equalAfter.add(world.equalMillis());
    }

    private synchronized void noteBroken(Outcome.Failed broken) {
        if (failed == null) {
            failed = broken;
        }
    }

    private void work() {
        while (failed == null && !enough.getAsBoolean()) {
            long seed = next.getAndIncrement();
            if (seed > to) {
                return;
            }
            switch (Simulation.of(seed)) {
                case Outcome.Held world -> noteHeld(world);
                case Outcome.Failed broken -> noteBroken(broken);
            }
            long now = System.nanoTime();
            long told = toldAt.get();
            if (now - told > PROGRESS_NANOS && toldAt.compareAndSet(told, now)) {
                progress.accept("%s (at seed %d)".formatted(summary(), seed));
            }
        }
    }
}
