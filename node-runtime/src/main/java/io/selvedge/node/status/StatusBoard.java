// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.status;

import io.selvedge.fabric.Refusal;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Scope;
import io.selvedge.paths.PeerPath;
import io.selvedge.report.Outbox;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The latest snapshot that each actor has left. Readers never wait for an actor. */
public final class StatusBoard {
    /**
     * What the fabric actor holds, and whether a cloud node was heard of lately.
     *
     * @param refusals how much of what arrived was not taken in since the actor started, by cause
     */
    public record Fabric(
            @Nullable NodeGrant grant,
            SortedMap<Scope, String> digests,
            boolean inSync,
            boolean cloudHeard,
            SortedMap<Refusal, Long> refusals) {}

    /** Whether the machine holds the plan; else what it failed at. */
    public record Machine(boolean planned, boolean clean, @Nullable String failure) {}

    /** How peers are reached; {@code complete} when every planned peer is. */
    public record Paths(SortedMap<String, PeerPath> peers, boolean complete) {}

    /** What waits to be acknowledged; {@code failure} says why the disk does not take it. */
    public record Reports(Outbox.@Nullable Status outbox, @Nullable String failure) {}

    private static final Fabric NOTHING =
            new Fabric(null, new TreeMap<>(), false, false, new TreeMap<>());

    private volatile Reports reports = new Reports(null, null);
    private volatile Fabric fabric = NOTHING;
    private volatile Machine machine = new Machine(false, false, null);
    private volatile Paths paths = new Paths(new TreeMap<>(), false);

    public Fabric fabric() {
        return fabric;
    }

    public void leave(Fabric snapshot) {
        fabric = snapshot;
    }

    public Machine machine() {
        return machine;
    }

    public void leave(Machine snapshot) {
        machine = snapshot;
    }

    public Paths paths() {
        return paths;
    }

    public void leave(Paths snapshot) {
        paths = snapshot;
    }

    public Reports reports() {
        return reports;
    }

    public void leave(Reports snapshot) {
        reports = snapshot;
    }

    /** The machine holds the plan, every planned peer is reached, neighbours hold equal records. */
    public boolean converged() {
        return machine.planned() && machine.clean() && paths.complete() && fabric.inSync();
    }
}
