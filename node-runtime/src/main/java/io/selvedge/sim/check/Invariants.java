// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.check;

import io.selvedge.fabric.FabricNode;
import io.selvedge.fabric.SignedDatagram;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Slot;
import io.selvedge.model.Version;
import io.selvedge.plan.FilterResource.Pair;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planned;
import io.selvedge.plan.Reason;
import io.selvedge.sim.ike.Sa;
import io.selvedge.sim.world.Broken;
import io.selvedge.sim.world.SimNode;
import io.selvedge.sim.world.Witness;
import io.selvedge.sim.world.World;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Safety: looks after every event at the nodes that it touched, and throws {@link Broken} at what
 * must never be.
 */
public final class Invariants implements Witness {
    private final World world;
    private final Oracle oracle;
    private final Passage passage;
    private final Continuity continuity;
    private final Addresses addresses = new Addresses();
    private final List<Watched> nodes = new ArrayList<>();
    private final Map<RecordKey, SimNode> byKey = new HashMap<>();

    /** What is remembered of one node. */
    private static final class Watched {
        /** The highest version of each slot that ever rested on its disk. */
        private final Map<Slot, Version> held = new HashMap<>();

        private Oracle.Reading reading = new Oracle.Reading(Set.of(), Set.of(), Map.of());

        /** What it may let pass now: less, once its machine was brought to what it believes. */
        private final Set<Pair> allowed = new HashSet<>();

        private long changes;
    }

    public Invariants(World world) {
        this.world = world;
        this.oracle = new Oracle(world.authority());
        this.passage = new Passage(world);
        this.continuity = new Continuity(world, passage);
        for (var node : world.nodes()) {
            nodes.add(new Watched());
            byKey.put(node.signer().key(), node);
        }
    }

    @Override
    public void opened(SimNode node) {
        var held = new HashMap<Slot, Version>();
        node.held().records().forEach(record -> held.put(record.slot(), record.version()));
        of(node).held
                .forEach((slot, version) -> {
                    var now = held.get(slot);
                    check(
                            now != null && now.compareTo(version) >= 0,
                            "nothing regresses",
                            () ->
                                    "node %d had %s at %s on its disk, and after its restart %s"
                                            .formatted(node.number(), slot, version, now));
                });
        of(node).held.putAll(held);
    }

    @Override
    public void lostDisk(SimNode node) {
        of(node).held.clear();
    }

    @Override
    public void decided() {
        addresses.check(world.cloud().decided());
    }

    @Override
    public void stored(SimNode node, List<SignedRecord> records) {
        var held = of(node).held;
        for (var record : records) {
            var before = held.put(record.slot(), record.version());
            check(
                    before == null || record.version().compareTo(before) >= 0,
                    "nothing regresses",
                    () ->
                            "node %d held version %s and takes %s"
                                    .formatted(node.number(), before, record));
            check(
                    world.notary().isKnown(record),
                    "no plan from what is not authentic",
                    () -> "node %d takes a forgery: %s".formatted(node.number(), record));
        }
        var proof = world.notary().equivocation();
        check(proof == null, "no version twice", () -> String.valueOf(proof));
    }

    /** A disk that fails may have done it. */
    @Override
    public void forgetting(SimNode node, List<SignedRecord> records) {
        records.forEach(record -> of(node).held.remove(record.slot()));
    }

    /** Whoever tells what it does not hold would, after a crash, tell otherwise. */
    @Override
    public void told(SimNode node, Bytes datagram) {
        var held = of(node).held;
        for (var record : pushed(datagram)) {
            var rests = held.get(record.slot());
            check(
                    rests != null && rests.compareTo(record.version()) >= 0,
                    "nothing is told before it rests on disk",
                    () -> "node %d tells %s".formatted(node.number(), record));
        }
    }

    private static List<SignedRecord> pushed(Bytes datagram) {
        try {
            if (!(SignedDatagram.parse(datagram).message()
                    instanceof GossipMessage.Push(var bodies))) {
                return List.of();
            }
            var records = new ArrayList<SignedRecord>();
            for (var body : bodies) {
                records.add(SignedRecord.parse(body));
            }
            return records;
        } catch (MalformedRecord unreadable) {
            throw new Broken("nothing unreadable is told", String.valueOf(unreadable.getMessage()));
        }
    }

    @Override
    public void believed(SimNode node, View view) {
        var watched = of(node);
        watched.reading = oracle.read(node.subject(), node.held());
        watched.allowed.addAll(watched.reading.pairs());
        Addresses.check(node.number(), view);
    }

    @Override
    public void planned(SimNode node, Plan plan) {
        var reading = of(node).reading;
        for (var peer : plan.peers().keySet()) {
            var grant = reading.grants().get(peer);
            check(
                    grant != null,
                    "no revoked key is used",
                    () ->
                            "node %d plans a peer %s whose key it knows to be revoked, or nobody"
                                            .formatted(node.number(), peer)
                                    + " granted");
        }
        plan.ip().values().forEach(each -> checkReason(node, each));
        plan.filter().values().forEach(each -> checkReason(node, each));
        plan.cni().values().forEach(each -> checkReason(node, each));
        plan.relay().values().forEach(each -> checkReason(node, each));
        plan.direct().values().forEach(each -> checkReason(node, each));
        plan.peers().values().forEach(each -> checkReason(node, each.reason(), each.name()));
    }

    private void checkReason(SimNode node, Planned<?> planned) {
        checkReason(node, planned.reason(), planned.resource());
    }

    /** What a plan rests on was signed by whom it is for to say. */
    private void checkReason(SimNode node, Reason reason, Object what) {
        for (var record : reason.records()) {
            boolean rightful =
                    world.notary().writersOf(record).stream()
                            .anyMatch(writer -> maySay(writer, record));
            check(
                    rightful,
                    "no plan from what is not believed",
                    () ->
                            "node %d plans %s because of %s, which nobody entitled ever signed"
                                    .formatted(node.number(), what, record));
        }
    }

    private boolean maySay(RecordKey writer, String record) {
        if (record.startsWith("Endpoint ")) {
            var node = byKey.get(writer);
            return node != null && record.startsWith("Endpoint " + node.subject() + "@");
        }
        if (record.startsWith("Observation ")) {
            return writer.equals(world.nodes().getFirst().signer().key());
        }
        return writer.equals(world.authority());
    }

    @Override
    public void reached(SimNode node, Plan plan) {
        var watched = of(node);
        if (!node.machine().isLying() && isLatest(node, plan)) {
            watched.allowed.retainAll(watched.reading.pairs());
        }
        watched.changes = -1;
    }

    private static boolean isLatest(SimNode node, Plan plan) {
        var keeping = node.keeping();
        return keeping != null && plan.equals(keeping.planned());
    }

    /** Once it did what was to be done, no association with a revoked key is left. */
    @Override
    public void looked(SimNode node) {
        var keeping = node.keeping();
        if (keeping == null || node.machine().isLying()) {
            return;
        }
        var plan = keeping.planned();
        if (plan == null || !plan.equals(keeping.reached()) || node.fabric() == null) {
            return;
        }
        var revoked = of(node).reading.revoked();
        if (revoked.isEmpty()) {
            return;
        }
        var keys = new HashSet<String>();
        for (var other : world.nodes()) {
            if (revoked.contains(other.signer().key())) {
                keys.add("n" + other.number());
            }
        }
        node.machine().relay().sas().forEach(sa -> checkNotRevoked(node, sa, keys));
        var direct = node.machine().direct();
        if (direct != null) {
            direct.sas().forEach(sa -> checkNotRevoked(node, sa, keys));
        }
    }

    private static void checkNotRevoked(SimNode node, Sa sa, Set<String> names) {
        boolean own = names.contains("n" + node.number());
        check(
                own || !sa.carries() || !names.contains(sa.connection().remoteId()),
                "no revoked key is used",
                () ->
                        "node %d keeps an association with the revoked %s"
                                .formatted(node.number(), sa.connection().remoteId()));
    }

    /** Whoever is known to be revoked is not listened to. */
    @Override
    public void received(SimNode at, int from, List<FabricNode.Effect> effects) {
        if (from < 0
                || !of(at).reading.revoked().contains(world.nodes().get(from).signer().key())) {
            return;
        }
        boolean heard =
                effects.stream()
                        .anyMatch(effect ->
                                effect instanceof FabricNode.Store
                                        || effect instanceof FabricNode.Send);
        check(
                !heard,
                "no revoked key is used",
                () ->
                        "node %d listens to node %d, which it knows to be revoked"
                                .formatted(at.number(), from));
    }

    @Override
    public void happened() {
        boolean changed = false;
        for (var node : world.nodes()) {
            var watched = of(node);
            long changes = node.machine().changes();
            if (changes != watched.changes) {
                watched.changes = changes;
                changed = true;
                passage.check(node, this::allows);
            }
        }
        if (changed && continuity.applies()) {
            continuity.check();
        }
    }

    /** A node whose filter says that it stands, and does not, cannot know what passes. */
    private boolean allows(int node, Pair pair) {
        return nodes.get(node).allowed.contains(pair)
                || world.nodes().get(node).machine().filter().faults().isLying();
    }

    private Watched of(SimNode node) {
        return nodes.get(node.number());
    }

    static void check(boolean holds, String invariant, Supplier<String> explanation) {
        if (!holds) {
            throw new Broken(invariant, explanation.get());
        }
    }
}
