// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.fabric.FabricNode;
import io.selvedge.fabric.GossipSettings;
import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.fabric.View;
import io.selvedge.model.Bytes;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Subject;
import io.selvedge.node.store.MemoryDisk;
import io.selvedge.paths.Knock;
import io.selvedge.plan.Plan;
import io.selvedge.sim.ike.IkeDaemon;
import io.selvedge.sim.ike.Packet;
import io.selvedge.sim.machine.Crashed;
import io.selvedge.sim.machine.Fuse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A node: a machine, a disk, clocks, and now and then a process that runs the code that ships. The
 * process may end before any step; what it left on the machine and on the disk is what the next one
 * finds.
 */
public final class SimNode {
    private static final long TICK_MILLIS = GossipSettings.DEFAULT.tick().toMillis();
    private static final long DISK_RETRY_MILLIS = 500;
    private static final long REPUBLISH_MILLIS = 60_000;

    private final World world;
    private final int number;
    private final Subject subject;
    private final Signer signer;
    private final Fuse fuse = new Fuse();
    private final NodeStore store = new NodeStore();
    private final NodeClock clock;
    private final SplittableRandom random;
    private final Machine machine;
    private final Life life = new Life();
    private @Nullable List<SignedRecord> enrolment;
    private @Nullable FabricNode fabric;
    private @Nullable MachineKeeping keeping;
    private long fabricLife;
    private boolean rebootsWhenCrashed;

    /** Which process this is; what an earlier one meant to do is not done. */
    private static final class Life {
        private long number;
        private boolean on;
    }

    SimNode(World world, int number, Signer signer) {
        this.world = world;
        this.number = number;
        this.subject = new Subject(Cloud.CLUSTER, "u" + number);
        this.signer = signer;
        this.clock = new NodeClock(world.timeline());
        this.random = new SplittableRandom(world.scenario().seed() * 7_919 + number);
        boolean connector = number == 0;
        var timeline = world.timeline();
        this.machine =
                new Machine(
                        fuse,
                        new IkeDaemon(timeline, world.underlay(), number, connector ? 4500 : 4600),
                        connector ? null : new IkeDaemon(timeline, world.underlay(), number, 4500));
    }

    static IkeKey ikeKey(int node) {
        var bytes = new byte[40];
        bytes[0] = (byte) node;
        bytes[39] = 1;
        return new IkeKey(Bytes.of(bytes));
    }

    public int number() {
        return number;
    }

    public Subject subject() {
        return subject;
    }

    public Signer signer() {
        return signer;
    }

    public Machine machine() {
        return machine;
    }

    public NodeClock clock() {
        return clock;
    }

    NodeStore store() {
        return store;
    }

    Fuse fuse() {
        return fuse;
    }

    World world() {
        return world;
    }

    SplittableRandom random() {
        return random;
    }

    /** Whether its process runs. */
    public boolean isOn() {
        return life.on;
    }

    /** The fabric plane of the process; null when none runs, or its disk failed it. */
    public @Nullable FabricNode fabric() {
        return fabric;
    }

    /** What keeps the machine; null when no process runs. */
    public @Nullable MachineKeeping keeping() {
        return keeping;
    }

    /** Switches the machine on if it is off, and begins a process. */
    void start() {
        if (life.on) {
            return;
        }
        if (!machine.isOn()) {
            machine.switchOn();
        }
        var known = enrolment;
        if (known == null) {
            known = world.cloud().enrolment(number);
            enrolment = known;
        }
        life.on = true;
        life.number++;
        world.say(number, () -> "process starts");
        guarded(() -> {
            keeping = new MachineKeeping(this);
            openFabric();
        });
    }

    /**
     * The process ends some steps from now; an idle one at once, for it takes steps all the time.
     */
    void crashAfter(int steps, boolean reboot) {
        if (life.on) {
            rebootsWhenCrashed = reboot;
            fuse.light(steps);
            store.endAfter(steps);
        }
    }

    /** Undoes {@link #crashAfter}, if the process has not ended yet. */
    void endNoMore() {
        fuse.putOut();
        store.endNoMore();
    }

    private void die() {
        boolean reboot = rebootsWhenCrashed;
        world.say(number, () -> reboot ? "machine reboots" : "process crashes");
        life.on = false;
        life.number++;
        fabric = null;
        fabricLife++;
        keeping = null;
        fuse.putOut();
        machine.relay().forgetListeners();
        var direct = machine.direct();
        if (direct != null) {
            direct.forgetListeners();
        }
        store.close(reboot, random);
        loseWhatTheCodeDoesNotKeep();
        if (reboot) {
            machine.switchOff();
        }
    }

    /** The machine goes off, and its disk with it. */
    void loseDisk() {
        if (life.on) {
            rebootsWhenCrashed = true;
            die();
        }
        store.loseRecords();
        store.loseReservations();
        world.notary().forgets(signer.key());
        world.witness().lostDisk(this);
    }

    /** Bits turn over on a disk that nobody reads. */
    void rot(int bits) {
        if (!life.on) {
            try {
                store.rot(bits, random);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            world.witness().lostDisk(this);
        }
    }

    private void loseWhatTheCodeDoesNotKeep() {
        if (!world.code().keepsRecords()) {
            store.loseRecords();
        }
        if (!world.code().keepsReservations()) {
            store.loseReservations();
        }
    }

    /** Does something as the process; it may end on the way. */
    private void guarded(Runnable what) {
        try {
            what.run();
        } catch (Crashed | MemoryDisk.PowerCut ended) {
            die();
        }
    }

    /** Does something as this very process, later. */
    void later(long millis, Runnable what) {
        long mine = life.number;
        world.timeline()
                .after(
                        millis,
                        () -> {
                            if (life.on && life.number == mine) {
                                guarded(what);
                            }
                        });
    }

    private void openFabric() {
        long mine = ++fabricLife;
        try {
            var held = store.open(random, world.verifier()::verify);
            fabric =
                    new FabricNode(
                            new FabricNode.Self(subject, signer, world.root()),
                            held,
                            store.reserved(),
                            world.verifier(),
                            GossipSettings.DEFAULT);
        } catch (IOException unreadable) {
            retryFabric();
            return;
        }
        world.witness().opened(this);
        var opened = fabric;
        var given = enrolment;
        perform(opened.start(given == null ? List.of() : given, clock.instant(), random));
        if (number == 0) {
            republish(mine);
        }
        tick(mine);
    }

    private void retryFabric() {
        fabric = null;
        fabricLife++;
        later(DISK_RETRY_MILLIS, this::openFabric);
    }

    private void tick(long mine) {
        if (fabric != null && fabricLife == mine) {
            turn(new FabricNode.Underlay(List.of(world.underlay().addressOf(number))));
            turn(new FabricNode.Tick());
            later(TICK_MILLIS, () -> tick(mine));
        }
    }

    private void republish(long mine) {
        if (fabricLife == mine) {
            world.decide();
            turn(new FabricNode.Published(world.cloud().published()));
            later(REPUBLISH_MILLIS, () -> republish(mine));
        }
    }

    /** Lets the authority beside it publish what is new. */
    void publish(List<SignedRecord> records) {
        later(1, () -> turn(new FabricNode.Published(records)));
    }

    void turn(FabricNode.Input input) {
        var running = fabric;
        if (running != null) {
            perform(running.on(input, clock.instant(), random));
        }
    }

    private void perform(List<FabricNode.Effect> effects) {
        try {
            for (var effect : world.code().order(effects)) {
                fuse.step();
                if (world.code().does(effect)) {
                    perform(effect);
                }
            }
            settle();
        } catch (IOException failed) {
            world.say(number, () -> "disk fails: " + failed.getMessage());
            retryFabric();
        }
    }

    private void settle() {
        if (fabric != null) {
            fabric.settle();
        }
    }

    private void perform(FabricNode.Effect effect) throws IOException {
        switch (effect) {
            case FabricNode.Reserve(var upTo) -> store.reserve(upTo);
            case FabricNode.Store(var records) -> {
                records.forEach(this::noteOwn);
                store.append(records);
                world.say(number, () -> "stores " + records);
                world.witness().stored(this, records);
            }
            case FabricNode.Forget(var records) -> {
                world.witness().forgetting(this, records);
                store.drop(records);
            }
            case FabricNode.Send(var to, var datagram) -> send(to, datagram);
            case FabricNode.Announce(var bytes) -> world.announce(number, bytes);
            case FabricNode.Believe(var view) -> believe(view);
            case FabricNode.Refused(var from, var cause, var detail) ->
                    world.say(number, () -> "refuses from " + from + ", " + cause + ": " + detail);
            case FabricNode.DuplicateIdentity(var seen) ->
                    alarm("takes itself for doubled, at version " + seen);
        }
    }

    /** What it signs counts as signed once it rests on a disk, from which it may be sent. */
    private void noteOwn(SignedRecord record) {
        if (record.header().writer().equals(signer.key())) {
            world.notary().note(record);
        }
    }

    private void believe(View view) {
        world.witness().believed(this, view);
        var running = fabric;
        var keeper = keeping;
        if (running != null && keeper != null && view.settings() != null) {
            keeper.reach(world.code().plan(subject, view, running, world.root(), World.DEFAULTS));
        }
    }

    private void alarm(String what) {
        if (world.notary().isHonest(signer.key())) {
            throw new Broken("no false alarm", "node " + number + " " + what);
        }
    }

    private void send(IpAddress to, Bytes datagram) {
        var keeper = keeping;
        var own = keeper == null ? null : keeper.bound();
        if (own != null) {
            world.witness().told(this, datagram);
            var packet = new Packet(own, to, Packet.Kind.CONTROL, datagram.size() + 28, datagram);
            world.forward(number, packet);
        }
    }

    /** A control datagram has arrived for one of the node's addresses. */
    void receive(int from, IpAddress source, Bytes datagram) {
        var running = fabric;
        var keeper = keeping;
        if (running == null || keeper == null || keeper.bound() == null) {
            return;
        }
        guarded(() -> {
            var input = new FabricNode.Datagram(source, datagram);
            var effects = running.on(input, clock.instant(), random);
            world.witness().received(this, from, effects);
            perform(effects);
        });
    }

    void knocked(Knock door) {
        guarded(() -> {
            if (keeping != null) {
                keeping.knocked(door);
            }
        });
    }

    void overhear(Bytes announcement) {
        guarded(() -> turn(new FabricNode.Overheard(announcement)));
    }

    /** What the process holds; nothing when none runs. */
    public RecordSet held() {
        var running = fabric;
        return running == null ? new RecordSet() : running.records();
    }

    /** The plan that its machine was last brought to. */
    public @Nullable Plan reachedPlan() {
        return keeping == null ? null : keeping.reached();
    }
}
