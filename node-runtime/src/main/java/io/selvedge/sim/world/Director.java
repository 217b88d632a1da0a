// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.sim.machine.Faults;
import io.selvedge.sim.scenario.Act;
import io.selvedge.sim.scenario.Act.ClockDrifts;
import io.selvedge.sim.scenario.Act.ClockJumps;
import io.selvedge.sim.scenario.Act.Crash;
import io.selvedge.sim.scenario.Act.Cut;
import io.selvedge.sim.scenario.Act.DaemonRestarts;
import io.selvedge.sim.scenario.Act.DiskFills;
import io.selvedge.sim.scenario.Act.DiskFrees;
import io.selvedge.sim.scenario.Act.DiskRots;
import io.selvedge.sim.scenario.Act.DriverFaults;
import io.selvedge.sim.scenario.Act.DriverHangs;
import io.selvedge.sim.scenario.Act.Isolate;
import io.selvedge.sim.scenario.Act.Joins;
import io.selvedge.sim.scenario.Act.JournalFails;
import io.selvedge.sim.scenario.Act.Leaves;
import io.selvedge.sim.scenario.Act.LosesDisk;
import io.selvedge.sim.scenario.Act.Mend;
import io.selvedge.sim.scenario.Act.Misuses;
import io.selvedge.sim.scenario.Act.Moves;
import io.selvedge.sim.scenario.Act.NatForgets;
import io.selvedge.sim.scenario.Act.Rejoin;
import io.selvedge.sim.scenario.Act.Removed;
import io.selvedge.sim.scenario.Act.Start;
import java.util.function.IntConsumer;

/** Makes happen in a world what its scenario says. */
public final class Director {
    private final World world;
    private final Misuser misuser;

    public Director(World world) {
        this.world = world;
        this.misuser = new Misuser(world);
    }

    /** Puts the whole scenario on the timeline. */
    public void begin() {
        var timeline = world.timeline();
        var members = world.scenario().members();
        for (int node = 0; node < members.size(); node++) {
            var begins = world.nodes().get(node);
            timeline.at(members.get(node).startMillis(), begins::start);
        }
        for (var act : world.scenario().acts()) {
            timeline.at(act.at(), () -> perform(act));
        }
    }

    /** Faults stop: what was cut is mended, and what was off is switched on. */
    public void heal(double loss) {
        world.say(0, () -> "faults stop");
        world.underlay().mendAll();
        world.links(world.scenario().links().onlyLosing(loss));
        for (var node : world.nodes()) {
            node.machine().mend();
            node.store().holdAtMost(Long.MAX_VALUE);
            node.endNoMore();
            node.start();
        }
        world.cloud().failNext(0);
        world.intentChanged();
    }

    private void perform(Act act) {
        world.say(0, () -> "ACT " + act);
        switch (act) {
            case Cut(_, var from, var to, var both) -> cut(from, to, both);
            case Mend(_, var from, var to, var both) -> mend(from, to, both);
            case Isolate(_, var node) -> others(node, other -> cut(node, other, true));
            case Rejoin(_, var node) -> others(node, other -> mend(node, other, true));
            case Crash(_, var node, var steps, var reboot) ->
                    world.nodes().get(node).crashAfter(steps, reboot);
            case Start(_, var node) -> world.nodes().get(node).start();
            case ClockJumps(_, var node, var millis) ->
                    world.nodes().get(node).clock().jump(millis);
            case ClockDrifts(_, var node, var perMille) ->
                    world.nodes().get(node).clock().drift(perMille);
            case NatForgets(_, var site) -> world.underlay().natForgets(site);
            case Moves(_, var node) -> world.underlay().move(node);
            case Joins(_, var community, var node) -> {
                world.cloud().join(community, node);
                world.intentChanged();
            }
            case Leaves(_, var community, var node) -> {
                world.cloud().leave(community, node);
                world.intentChanged();
            }
            case Removed(_, var node) -> {
                world.cloud().remove(node);
                world.intentChanged();
            }
            case DriverFaults faults -> spoil(faults);
            case DriverHangs(_, var node, var millis) -> {
                var keeping = world.nodes().get(node).keeping();
                if (keeping != null) {
                    keeping.hang(millis);
                }
            }
            case DiskFills(_, var node, var bytes) ->
                    world.nodes().get(node).store().holdAtMost(bytes);
            case DiskFrees(_, var node) ->
                    world.nodes().get(node).store().holdAtMost(Long.MAX_VALUE);
            case LosesDisk(_, var node) -> world.nodes().get(node).loseDisk();
            case DiskRots(_, var node, var bits) -> world.nodes().get(node).rot(bits);
            case JournalFails(_, var times) -> world.cloud().failNext(times);
            case DaemonRestarts(_, var node, var direct) -> restart(node, direct);
            case Misuses(_, var node, var kind) -> misuser.misuse(world.nodes().get(node), kind);
        }
    }

    private void cut(int from, int to, boolean both) {
        world.underlay().cut(from, to);
        if (both) {
            world.underlay().cut(to, from);
        }
    }

    private void mend(int from, int to, boolean both) {
        world.underlay().mend(from, to);
        if (both) {
            world.underlay().mend(to, from);
        }
    }

    private void others(int node, IntConsumer what) {
        var underlay = world.underlay();
        for (int other = 0; other < world.nodes().size(); other++) {
            if (underlay.siteOf(other) != underlay.siteOf(node)) {
                what.accept(other);
            }
        }
    }

    private void spoil(DriverFaults wrong) {
        var machine = world.nodes().get(wrong.node()).machine();
        Faults faults =
                switch (wrong.part()) {
                    case IP -> machine.ip().faults();
                    case FILTER -> machine.filter().faults();
                    case CNI -> machine.cni().faults();
                    case PATHS -> machine.paths().faults();
                    case RELAY -> machine.relayFaults();
                    case DIRECT -> machine.directFaults();
                };
        switch (wrong.wrong()) {
            case FAILS -> faults.failNext(wrong.times());
            case LIES -> faults.lieNext(wrong.times());
            case IS_BLIND -> faults.blindNext(wrong.times());
        }
    }

    private void restart(int node, boolean direct) {
        var machine = world.nodes().get(node).machine();
        var daemon = direct ? machine.direct() : machine.relay();
        if (daemon != null && machine.isOn()) {
            daemon.restart();
        }
    }
}
