// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.model.IpAddress;
import io.selvedge.sim.ike.IkeDaemon;
import io.selvedge.sim.ike.Packet;
import io.selvedge.sim.ike.Sa;
import io.selvedge.sim.world.Verdict.Delivered;
import io.selvedge.sim.world.Verdict.Dropped;
import io.selvedge.sim.world.Verdict.Leaked;
import java.util.List;

/**
 * The way of packets through kernels, tunnels and underlay, as they stand at this moment: filter of
 * the sender, its routes (a path that carries, else the relay, else unreachable), the associations
 * of both ends, the relay's filter, and the filter of the receiver.
 */
public final class Packets {
    private static final int HOPS_MAX = 3;

    private final List<Machine> machines;

    Packets(List<Machine> machines) {
        this.machines = machines;
    }

    /** What a node does with a packet that it sends or relays. */
    sealed interface Egress {}

    record Through(IkeDaemon daemon, Sa sa) implements Egress {}

    record Stopped(String why) implements Egress {}

    /** By the default route, in clear. */
    record InClear() implements Egress {}

    /** What would become now of a packet that a node sends. */
    public Verdict send(int from, Packet packet) {
        return send(from, packet, false);
    }

    private Verdict send(int from, Packet packet, boolean counts) {
        int at = from;
        for (int hop = 0; hop < HOPS_MAX; hop++) {
            var machine = machines.get(at);
            if (!machine.isOn()) {
                return new Dropped(at, "switched off");
            }
            switch (egress(machine, packet)) {
                case InClear() -> {
                    return new Leaked(at);
                }
                case Stopped(var why) -> {
                    return new Dropped(at, why);
                }
                case Through(var daemon, var sa) -> {
                    int next = landing(daemon, sa, packet, counts);
                    if (next < 0) {
                        return new Dropped(at, "lost below the fabric, or the peer lacks the SA");
                    }
                    at = next;
                }
            }
            var tables = machines.get(at).tables();
            if (tables.isLocal(packet.destination())) {
                return tables.lets(packet)
                        ? new Delivered(hop == 0)
                        : new Dropped(at, "filter of the receiver");
            }
        }
        return new Dropped(at, "goes in circles");
    }

    /** Whether an echo would be answered now. */
    public boolean answers(int from, IpAddress source, IpAddress to, boolean direct) {
        var kind = direct ? Packet.Kind.DIRECT_ECHO : Packet.Kind.ECHO;
        int target = holder(to);
        return target >= 0
                && send(from, new Packet(source, to, kind, 84, null)) instanceof Delivered
                && send(target, new Packet(to, source, kind, 84, null)) instanceof Delivered;
    }

    /**
     * Sends an echo that counts, as packets of a tunnel do.
     *
     * @param survives whether neither it nor its answer is lost on the way
     * @return whether it is answered
     */
    boolean probe(int from, IpAddress source, IpAddress to, boolean direct, boolean survives) {
        var kind = direct ? Packet.Kind.DIRECT_ECHO : Packet.Kind.ECHO;
        var echo = new Packet(source, to, kind, 84, null);
        if (!survives) {
            if (egress(machines.get(from), echo) instanceof Through(var daemon, var sa)) {
                daemon.countOut(sa);
            }
            return false;
        }
        int target = holder(to);
        return send(from, echo, true) instanceof Delivered
                && send(target, new Packet(to, source, kind, 84, null), true) instanceof Delivered;
    }

    /**
     * Whether a node sends a packet by an association that its peer will hold in a moment.
     * Userspace ESP takes the newest, so there is nothing that anybody could decide.
     */
    public boolean isSettling(int at, Packet packet, long now, long oneWayMillis) {
        return egress(machines.get(at), packet) instanceof Through(_, var sa)
                && sa.isAnswered(now, oneWayMillis);
    }

    private int holder(IpAddress address) {
        for (int node = 0; node < machines.size(); node++) {
            if (machines.get(node).isOn()
                    && machines.get(node).tables().addresses().contains(address)) {
                return node;
            }
        }
        return -1;
    }

    /** The node at which a packet comes out of an association; negative when it does not. */
    private int landing(IkeDaemon daemon, Sa sa, Packet packet, boolean counts) {
        if (counts) {
            daemon.countOut(sa);
        }
        var landing = daemon.landing(sa);
        if (landing == null || !machines.get(landing.node()).isOn()) {
            return -1;
        }
        var receiver = machines.get(landing.node()).daemon(landing.port());
        if (receiver == null
                || !receiver.accepts(daemon.peerSpi(sa), packet.source(), packet.destination())) {
            return -1;
        }
        if (counts) {
            receiver.countIn(daemon.peerSpi(sa));
        }
        return landing.node();
    }

    Egress egress(Machine machine, Packet packet) {
        var tables = machine.tables();
        if (!tables.lets(packet)) {
            return new Stopped("filter of a sender");
        }
        var to = packet.destination();
        var direct = machine.direct();
        if (packet.kind() == Packet.Kind.DIRECT_ECHO && tables.probeRules()) {
            var sa = direct == null ? null : direct.outbound(packet.source(), to);
            if (sa != null && direct != null) {
                return new Through(direct, sa);
            }
            if (tables.probeStops()) {
                return new Stopped("no direct tunnel");
            }
        }
        if (tables.pathRules() && direct != null && Machine.holds(tables.paths(), to)) {
            var sa = direct.outbound(packet.source(), to);
            return sa == null ? new Stopped("a path without a tunnel") : new Through(direct, sa);
        }
        var relay = machine.relay().outbound(packet.source(), to);
        if (relay != null) {
            return new Through(machine.relay(), relay);
        }
        if (Machine.holds(tables.unreachable(), to)) {
            return new Stopped("unreachable");
        }
        return tables.filtered() && Machine.holds(tables.guarded(), to)
                ? new Stopped("the filter's last look")
                : new InClear();
    }
}
