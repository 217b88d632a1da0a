// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.selvedge.model.Bytes;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Role;
import io.selvedge.model.Subject;
import io.selvedge.wire.proto.CommunityProto;
import io.selvedge.wire.proto.ConnectorProto;
import io.selvedge.wire.proto.EndpointProto;
import io.selvedge.wire.proto.FabricSettingsProto;
import io.selvedge.wire.proto.NodeGrantProto;
import io.selvedge.wire.proto.ObservationProto;
import io.selvedge.wire.proto.RevocationProto;
import io.selvedge.wire.proto.RosterProto;
import io.selvedge.wire.proto.ServiceSpecProto;
import io.selvedge.wire.proto.TrustBundleProto;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What records say, to bytes and back, field by field. */
final class PayloadCodec {
    /** The smallest datagram that every IPv4 host takes (RFC 791). */
    private static final int MTU_MIN = 576;

    private PayloadCodec() {}

    static Bytes encode(Payload payload) {
        MessageLite proto =
                switch (payload) {
                    case Payload.FabricSettings settings -> settings(settings);
                    case Payload.NodeGrant grant -> grant(grant);
                    case Payload.Community community -> community(community);
                    case Payload.Endpoint endpoint -> endpoint(endpoint);
                    case Payload.Observation observation -> observation(observation);
                    case Payload.Revocation revocation -> TrustCodec.revocation(revocation);
                    case Payload.TrustBundle bundle -> TrustCodec.bundle(bundle);
                    case Payload.Roster roster -> TrustCodec.roster(roster);
                    case Payload.ServiceSpec service -> ServiceCodec.service(service);
                };
        return Bytes.of(proto.toByteArray());
    }

    static @Nullable Payload decode(RecordType type, byte[] bytes)
            throws InvalidProtocolBufferException, MalformedRecord {
        return switch (type.number()) {
            case 1 -> settings(FabricSettingsProto.parseFrom(bytes));
            case 2 -> grant(NodeGrantProto.parseFrom(bytes));
            case 3 -> community(CommunityProto.parseFrom(bytes));
            case 4 -> endpoint(EndpointProto.parseFrom(bytes));
            case 5 -> observation(ObservationProto.parseFrom(bytes));
            case 6 -> TrustCodec.revocation(RevocationProto.parseFrom(bytes));
            case 7 -> TrustCodec.bundle(TrustBundleProto.parseFrom(bytes));
            case 8 -> TrustCodec.roster(RosterProto.parseFrom(bytes));
            case 9 -> ServiceCodec.service(ServiceSpecProto.parseFrom(bytes));
            default -> null;
        };
    }

    private static FabricSettingsProto settings(Payload.FabricSettings settings) {
        var proto =
                FabricSettingsProto.newBuilder()
                        .setCluster(settings.cluster())
                        .addAllClusterCidrs(Fields.cidrs(settings.clusterCidrs()))
                        .addAllServiceCidrs(Fields.cidrs(settings.serviceCidrs()))
                        .setFabricCidr(Fields.cidr(settings.fabricCidr()))
                        .setMtu(settings.mtu())
                        .setLanKey(Fields.string(settings.lanKey()));
        settings.connectors()
                .forEach((node, addresses) ->
                        proto.addConnectors(
                                ConnectorProto.newBuilder()
                                        .setSubject(node.toString())
                                        .addAllPublicAddresses(Fields.addresses(addresses))));
        return proto.build();
    }

    private static Payload settings(FabricSettingsProto proto) throws MalformedRecord {
        var lanKey =
                proto.getLanKey().isEmpty()
                        ? Bytes.EMPTY
                        : Fields.bytes(
                                "settings.lan_key",
                                proto.getLanKey(),
                                Payload.FabricSettings.LAN_KEY_SIZE);
        return new Payload.FabricSettings(
                Fields.name("settings.cluster", proto.getCluster()),
                Fields.cidrs("settings.cluster_cidrs", proto.getClusterCidrsList()),
                Fields.cidrs("settings.service_cidrs", proto.getServiceCidrsList()),
                Fields.cidr("settings.fabric_cidr", proto.getFabricCidr()),
                connectors(proto.getConnectorsList()),
                Fields.number("settings.mtu", proto.getMtu(), MTU_MIN, 0xffff),
                lanKey);
    }

    private static SortedMap<Subject, List<IpAddress>> connectors(List<ConnectorProto> protos)
            throws MalformedRecord {
        var connectors = new TreeMap<Subject, List<IpAddress>>();
        for (var proto : protos) {
            var node = Fields.subject("settings.connectors.subject", proto.getSubject());
            var addresses =
                    Fields.addresses(
                            "settings.connectors.public_addresses", proto.getPublicAddressesList());
            if (connectors.put(node, addresses) != null) {
                throw new MalformedRecord("settings.connectors", "names " + node + " twice");
            }
        }
        return connectors;
    }

    private static NodeGrantProto grant(Payload.NodeGrant grant) {
        return NodeGrantProto.newBuilder()
                .setName(grant.name())
                .addAllRoles(grant.roles().stream().map(Role::toString).toList())
                .setSite(grant.site())
                .setZone(grant.zone())
                .setRegion(grant.region())
                .setFabricAddress(Fields.string(grant.fabricAddress().bytes()))
                .addAllPodCidrs(Fields.cidrs(grant.podCidrs()))
                .addAllPublicAddresses(Fields.addresses(grant.publicAddresses()))
                .addAllCommunities(grant.communities())
                .addAllBackbone(grant.backbone().stream().map(Subject::toString).toList())
                .setRecordKey(Fields.string(grant.recordKey().bytes()))
                .setIkeKey(Fields.string(grant.ikeKey().spki()))
                .setPossession(Fields.string(grant.possession()))
                .build();
    }

    private static Payload grant(NodeGrantProto proto) throws MalformedRecord {
        return new Payload.NodeGrant(
                Fields.name("grant.name", proto.getName()),
                roles(proto.getRolesList()),
                Fields.text("grant.site", proto.getSite()),
                Fields.text("grant.zone", proto.getZone()),
                Fields.text("grant.region", proto.getRegion()),
                Fields.address("grant.fabric_address", proto.getFabricAddress()),
                Fields.cidrs("grant.pod_cidrs", proto.getPodCidrsList()),
                Fields.addresses("grant.public_addresses", proto.getPublicAddressesList()),
                Fields.set("grant.communities", proto.getCommunitiesList(), Fields::name),
                Fields.set("grant.backbone", proto.getBackboneList(), Fields::subject),
                new RecordKey(Fields.bytes("grant.record_key", proto.getRecordKey(), 32)),
                Fields.checked("grant.ike_key", () -> new IkeKey(Fields.bytes(proto.getIkeKey()))),
                possession(proto));
    }

    private static Bytes possession(NodeGrantProto proto) throws MalformedRecord {
        Fields.number(
                "grant.possession",
                proto.getPossession().size(),
                0,
                Payload.NodeGrant.POSSESSION_SIZE_MAX);
        return Fields.bytes(proto.getPossession());
    }

    /** A role that only newer versions know is left out: the node still is what is known of it. */
    private static SortedSet<Role> roles(List<String> names) {
        var roles = new TreeSet<Role>();
        for (var role : Role.values()) {
            if (names.contains(role.toString())) {
                roles.add(role);
            }
        }
        return roles;
    }

    private static CommunityProto community(Payload.Community community) {
        return CommunityProto.newBuilder()
                .setName(community.name())
                .addAllMembers(community.members().stream().map(Subject::toString).toList())
                .build();
    }

    private static Payload community(CommunityProto proto) throws MalformedRecord {
        return new Payload.Community(
                Fields.name("community.name", proto.getName()),
                Fields.set("community.members", proto.getMembersList(), Fields::subject));
    }

    private static EndpointProto endpoint(Payload.Endpoint endpoint) {
        return EndpointProto.newBuilder()
                .addAllAddresses(Fields.addresses(endpoint.addresses()))
                .setPort(endpoint.port())
                .setBackend(endpoint.backend())
                .setIncarnation(endpoint.incarnation())
                .build();
    }

    private static Payload endpoint(EndpointProto proto) throws MalformedRecord {
        var addresses = Fields.addresses("endpoint.addresses", proto.getAddressesList());
        int port = Fields.number("endpoint.port", proto.getPort(), 1, 0xffff);
        var backend = Fields.text("endpoint.backend", proto.getBackend());
        long incarnation = Fields.count("endpoint.incarnation", proto.getIncarnation());
        return Fields.checked(
                "endpoint.addresses",
                () -> new Payload.Endpoint(addresses, port, backend, incarnation));
    }

    private static ObservationProto observation(Payload.Observation observation) {
        return ObservationProto.newBuilder()
                .setAddress(Fields.string(observation.address().bytes()))
                .setPort(observation.port())
                .setBehindNat(observation.behindNat())
                .build();
    }

    private static Payload observation(ObservationProto proto) throws MalformedRecord {
        return new Payload.Observation(
                Fields.address("observation.address", proto.getAddress()),
                Fields.number("observation.port", proto.getPort(), 1, 0xffff),
                proto.getBehindNat());
    }
}
