// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import io.selvedge.model.Payload.ServiceSpec;
import io.selvedge.model.Payload.ServiceSpec.Distribution;
import io.selvedge.model.Payload.ServiceSpec.Pod;
import io.selvedge.model.Payload.ServiceSpec.Port;
import io.selvedge.wire.proto.ServicePodProto;
import io.selvedge.wire.proto.ServicePortProto;
import io.selvedge.wire.proto.ServiceSpecProto;

/** What records say of services, to bytes and back. */
final class ServiceCodec {
    private static final int PORT_MAX = 0xffff;

    private ServiceCodec() {}

    static ServiceSpecProto service(ServiceSpec service) {
        var proto =
                ServiceSpecProto.newBuilder()
                        .setNamespace(service.namespace())
                        .setName(service.name())
                        .addAllClusterIps(Fields.addresses(service.clusterIps()))
                        .setAffinitySeconds(service.affinitySeconds())
                        .setDistribution(service.distribution().toString());
        service.ports().forEach(port -> proto.addPorts(port(port)));
        service.pods().forEach(pod -> proto.addPods(pod(pod)));
        return proto.build();
    }

    static ServiceSpec service(ServiceSpecProto proto) throws MalformedRecord {
        return new ServiceSpec(
                Fields.name("service.namespace", proto.getNamespace()),
                Fields.name("service.name", proto.getName()),
                Fields.addresses("service.cluster_ips", proto.getClusterIpsList()),
                Fields.set("service.ports", proto.getPortsList(), (_, one) -> port(one)),
                Fields.number(
                        "service.affinity_seconds",
                        proto.getAffinitySeconds(),
                        0,
                        Integer.MAX_VALUE),
                distribution(proto.getDistribution()),
                Fields.set("service.pods", proto.getPodsList(), (_, one) -> pod(one)));
    }

    private static ServicePortProto port(Port port) {
        return ServicePortProto.newBuilder()
                .setName(port.name())
                .setProtocol(port.protocol())
                .setPort(port.port())
                .setTargetPort(port.targetPort())
                .setNodePort(port.nodePort())
                .build();
    }

    private static Port port(ServicePortProto proto) throws MalformedRecord {
        return new Port(
                Fields.text("service.ports.name", proto.getName()),
                Fields.name("service.ports.protocol", proto.getProtocol()),
                Fields.number("service.ports.port", proto.getPort(), 1, PORT_MAX),
                Fields.number("service.ports.target_port", proto.getTargetPort(), 1, PORT_MAX),
                Fields.number("service.ports.node_port", proto.getNodePort(), 0, PORT_MAX));
    }

    private static ServicePodProto pod(Pod pod) {
        return ServicePodProto.newBuilder()
                .setNode(pod.node().toString())
                .setName(pod.name())
                .build();
    }

    private static Pod pod(ServicePodProto proto) throws MalformedRecord {
        return new Pod(
                Fields.subject("service.pods.node", proto.getNode()),
                Fields.name("service.pods.name", proto.getName()));
    }

    /** One that only newer versions know falls back to the plainest. */
    private static Distribution distribution(String name) {
        return name.equals(Distribution.NEAREST.toString())
                ? Distribution.NEAREST
                : Distribution.EVEN;
    }
}
