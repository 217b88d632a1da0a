// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.fabric.SignedDatagram;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Verifier;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.paths.Knock;
import io.selvedge.plan.NodeDefaults;
import io.selvedge.sim.ike.IkePacket;
import io.selvedge.sim.ike.Packet;
import io.selvedge.sim.net.LinkFaults;
import io.selvedge.sim.net.Spot;
import io.selvedge.sim.net.Timeline;
import io.selvedge.sim.net.Underlay;
import io.selvedge.sim.scenario.Scenario;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A whole fabric in one thread: its nodes, the network below them, the cloud, and the time that
 * they share. All chance comes from the scenario's seed.
 */
public final class World {
    static final NodeDefaults DEFAULTS =
            new NodeDefaults("ipsec0", "ipsec1", "selvedge0", "cni0", 7946, 7948, 2551, 0);

    /** The UDP port of what is announced on a LAN. */
    private static final int LAN_PORT = 7947;

    private final Scenario scenario;
    private final Code code;
    private final Timeline timeline = new Timeline();
    private final Underlay underlay;
    private final Notary notary = new Notary();
    private final Trusted trusted;
    private final List<SimNode> nodes = new ArrayList<>();
    private final Cloud cloud;
    private final Packets packets;
    private final Trace trace;
    private final SplittableRandom random;
    private LinkFaults links = LinkFaults.NONE;
    private Witness witness = Witness.NOBODY;

    public World(Scenario scenario, Code code, Trace trace) {
        this.scenario = scenario;
        this.code = code;
        this.trace = trace;
        this.random = new SplittableRandom(scenario.seed() ^ 0x5DEECE66DL);
        int size = scenario.members().size();
        underlay = new Underlay(timeline, scenario.seed(), size);
        for (int site = 0; site < scenario.sites().size(); site++) {
            var place = scenario.sites().get(site);
            if (place.hasNat()) {
                underlay.nat(site, place.natTimeoutMillis(), place.strict());
            }
        }
        for (int node = 0; node < size; node++) {
            underlay.place(node, scenario.members().get(node).site());
        }
        underlay.receiver(this::arrive);
        trusted = Trusted.by(notary);
        cloud = new Cloud(scenario, underlay, notary, trusted);
        for (int node = 0; node < size; node++) {
            nodes.add(new SimNode(this, node, notary.signer(node)));
        }
        packets = new Packets(nodes.stream().map(SimNode::machine).toList());
        links(scenario.links());
        cloud.decide();
    }

    /** Lets somebody watch. */
    public void witness(Witness wanted) {
        witness = wanted;
    }

    Witness witness() {
        return witness;
    }

    public Scenario scenario() {
        return scenario;
    }

    public Timeline timeline() {
        return timeline;
    }

    public Underlay underlay() {
        return underlay;
    }

    public Notary notary() {
        return notary;
    }

    public RecordKey root() {
        return trusted.root();
    }

    /** The key of the one authority. */
    public RecordKey authority() {
        return trusted.authority().key();
    }

    Code code() {
        return code;
    }

    Verifier verifier() {
        return code.trustsAnySignature() ? (_, _, _) -> true : notary;
    }

    public Cloud cloud() {
        return cloud;
    }

    public Packets packets() {
        return packets;
    }

    /** By number. */
    public List<SimNode> nodes() {
        return nodes;
    }

    public void links(LinkFaults wanted) {
        links = wanted;
        underlay.faults(wanted);
    }

    double loss() {
        return links.loss();
    }

    long roundTripMillis() {
        return 2L * links.delayMillis() + 2;
    }

    /** Notes what happens, for people; the words are only made when somebody will read them. */
    public void say(int node, Supplier<String> what) {
        trace.say(timeline.now(), node, what);
    }

    /** Lets one event happen that does not lie beyond {@code limit}; false when none did. */
    public boolean step(long limit) {
        boolean happened = timeline.step(limit);
        if (happened) {
            witness.happened();
        }
        return happened;
    }

    /** Sends a packet on its way from a node that made it or relays it. */
    void forward(int node, Packet packet) {
        var machine = nodes.get(node).machine();
        if (!machine.isOn()) {
            return;
        }
        switch (packets.egress(machine, packet)) {
            case Packets.Through(var daemon, var sa) -> daemon.send(sa, packet);
            case Packets.Stopped(var why) ->
                    say(node, () -> "drops a packet to " + packet.destination() + ": " + why);
            case Packets.InClear _ ->
                    throw new Broken(
                            "fail closed",
                            "node %d sends a packet to %s in clear"
                                    .formatted(node, packet.destination()));
        }
    }

    /** The authority decides anew, if the node that it runs on does. */
    void intentChanged() {
        var connector = nodes.getFirst();
        if (connector.isOn()) {
            connector.publish(decide());
        }
    }

    List<SignedRecord> decide() {
        var published = cloud.decide();
        witness.decided();
        return published;
    }

    void announce(int node, Bytes announcement) {
        underlay.multicast(node, LAN_PORT, announcement.size() + 28, announcement);
    }

    private void arrive(int number, int port, Spot from, Object what, boolean corrupt) {
        var node = nodes.get(number);
        if (!node.machine().isOn()) {
            return;
        }
        switch (what) {
            case Bytes announcement when port == LAN_PORT ->
                    node.overhear(corrupt ? flipped(announcement) : announcement);
            case IkePacket.Esp esp -> receive(node, port, from, esp, corrupt);
            case IkePacket.Knocking(var answer) when answer ->
                    node.knocked(new Knock(from.address(), from.port()));
            case IkePacket packet -> {
                var daemon = node.machine().daemon(port);
                if (daemon != null && !corrupt) {
                    daemon.receive(from, packet);
                }
            }
            default -> {}
        }
    }

    /** A bit may flip inside a tunnel too, in the memory of a machine. */
    private void receive(SimNode node, int port, Spot from, IkePacket.Esp esp, boolean corrupt) {
        var daemon = node.machine().daemon(port);
        var packet = daemon == null ? null : daemon.receive(from, esp);
        if (packet == null) {
            return;
        }
        var tables = node.machine().tables();
        if (!tables.isLocal(packet.destination())) {
            forward(node.number(), packet);
        } else if (tables.lets(packet) && packet.content() instanceof Bytes datagram) {
            int sender = senderOf(packet);
            trace.message(sender, node.number(), () -> said(datagram));
            node.receive(sender, packet.source(), corrupt ? flipped(datagram) : datagram);
        }
    }

    /** The words of a datagram, for people. */
    private static String said(Bytes datagram) {
        try {
            var message = SignedDatagram.parse(datagram).message();
            return message instanceof GossipMessage.Push(var records)
                    ? "Push " + names(records)
                    : message.getClass().getSimpleName();
        } catch (MalformedRecord unreadable) {
            return "unreadable";
        }
    }

    private static String names(List<Bytes> records) throws MalformedRecord {
        var names = new ArrayList<String>();
        for (var bytes : records) {
            var header = SignedRecord.parse(bytes).header();
            names.add(header.type() + " " + header.subject() + "@" + header.version());
        }
        return String.join(", ", names);
    }

    private int senderOf(Packet packet) {
        for (var node : nodes) {
            var tables = node.machine().isOn() ? node.machine().tables() : null;
            if (tables != null && tables.addresses().contains(packet.source())) {
                return node.number();
            }
        }
        return -1;
    }

    private Bytes flipped(Bytes bytes) {
        var array = bytes.toArray();
        if (array.length > 0) {
            array[random.nextInt(array.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return Bytes.of(array);
    }
}
