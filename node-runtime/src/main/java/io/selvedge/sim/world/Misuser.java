// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.fabric.SignedDatagram;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.Endpoint;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Observation;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.sim.ike.Packet;
import io.selvedge.sim.scenario.Act.Misuse;
import io.selvedge.wire.GossipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a node with a valid key can do wrong: it signs what is not for it to say, and tells it. */
final class Misuser {
    /** Far above what honest code reaches. */
    private static final long SEQUENCE = 1_000_000;

    private static final int FLOOD = 60;

    private final World world;
    private long last = SEQUENCE;

    Misuser(World world) {
        this.world = world;
    }

    void misuse(SimNode node, Misuse kind) {
        var keeping = node.keeping();
        var fabric = node.fabric();
        var plan = keeping == null ? null : keeping.reached();
        var own = keeping == null ? null : keeping.bound();
        if (fabric == null || plan == null || own == null) {
            return;
        }
        world.notary().isDishonest(node.signer().key());
        var grant = fabric.view().grant(node.subject());
        if (grant == null) {
            return;
        }
        var victim = world.nodes().get((node.number() + 1) % world.nodes().size());
        var records = records(node, kind, grant.says(), victim);
        records.forEach(world.notary()::note);
        for (var peer : plan.peers().values()) {
            for (var record : records) {
                var push = new GossipMessage.Push(List.of(record.bytes()));
                var datagram = SignedDatagram.seal(node.signer(), push);
                world.forward(
                        node.number(),
                        new Packet(
                                own,
                                peer.address(),
                                Packet.Kind.CONTROL,
                                datagram.size() + 28,
                                datagram));
            }
        }
    }

    private List<SignedRecord> records(SimNode node, Misuse kind, NodeGrant grant, SimNode victim) {
        return switch (kind) {
            case EQUIVOCATION -> {
                var version = version();
                yield List.of(
                        sign(node, node.subject(), version, endpoint("203.0.113.7")),
                        sign(node, node.subject(), version, endpoint("203.0.113.8")));
            }
            case SELF_GRANT -> List.of(sign(node, node.subject(), version(), everywhere(grant)));
            case OWN_COMMUNITY -> {
                var all = new TreeSet<Subject>();
                world.nodes().forEach(each -> all.add(each.subject()));
                var subject = new Subject(Cloud.CLUSTER, "community:c0");
                yield List.of(
                        node.signer()
                                .sign(
                                        subject,
                                        new Scope.OfCommunity("c0"),
                                        version(),
                                        new Community("c0", all)));
            }
            case FOREIGN_ENDPOINT ->
                    List.of(sign(node, victim.subject(), version(), endpoint("203.0.113.9")));
            case FALSE_OBSERVATION ->
                    List.of(
                            sign(
                                    node,
                                    victim.subject(),
                                    version(),
                                    new Observation(IpAddress.parse("203.0.113.9"), 4500, false)));
            case FALSE_REVOCATION -> {
                var subject = new Subject(Cloud.CLUSTER, "key:" + victim.signer().key().hex());
                yield List.of(
                        node.signer()
                                .sign(
                                        subject,
                                        new Scope.Fabric(),
                                        version(),
                                        new Revocation(victim.signer().key(), "not mine to say")));
            }
            case LYING_ENDPOINT ->
                    List.of(sign(node, node.subject(), version(), endpoint("10.244.1.1")));
            case FLOOD -> {
                var flood = new ArrayList<SignedRecord>();
                for (int i = 0; i < FLOOD; i++) {
                    var subject = new Subject(Cloud.CLUSTER, "flood-" + i);
                    flood.add(
                            node.signer()
                                    .sign(
                                            subject,
                                            new Scope.Fabric(),
                                            version(),
                                            endpoint("203.0.113.7")));
                }
                yield flood;
            }
        };
    }

    private Version version() {
        return new Version(1, ++last);
    }

    private static SignedRecord sign(
            SimNode node, Subject subject, Version version, Payload payload) {
        return node.signer().sign(subject, new Scope.OfNode(subject), version, payload);
    }

    private static Endpoint endpoint(String address) {
        return new Endpoint(List.of(IpAddress.parse(address)), 500, "userspace", 1);
    }

    private NodeGrant everywhere(NodeGrant grant) {
        var all = new TreeSet<String>();
        for (int i = 0; i < world.scenario().communities().size(); i++) {
            all.add("c" + i);
        }
        return new NodeGrant(
                grant.name(),
                grant.roles(),
                grant.site(),
                grant.zone(),
                grant.region(),
                grant.fabricAddress(),
                grant.podCidrs(),
                grant.publicAddresses(),
                all,
                grant.backbone(),
                grant.recordKey(),
                grant.ikeKey());
    }
}
