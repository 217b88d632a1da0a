// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import io.selvedge.actors.cluster.ClusterCommand;
import io.selvedge.actors.cluster.ClusterEntity;
import io.selvedge.actors.community.CommunityCommand;
import io.selvedge.actors.community.CommunityEntity;
import io.selvedge.actors.entity.Core;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.node.NodeEntity;
import io.selvedge.actors.service.ServiceCommand;
import io.selvedge.actors.service.ServiceEntity;
import io.selvedge.actors.tunnel.TunnelCommand;
import io.selvedge.actors.tunnel.TunnelEntity;
import io.selvedge.fabric.Sha256;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Bytes;
import io.selvedge.model.Subject;
import java.nio.charset.StandardCharsets;

/**
 * The pure entities of one fabric, by their ids.
 *
 * @param signer with the authority's record key
 */
public record Cores(String cluster, Signer signer) {
    private static final Bytes SEAL =
            Bytes.of("selvedge: messages between entities".getBytes(StandardCharsets.UTF_8));

    /** A secret that whoever has the authority's record key can make, and nobody else. */
    public Bytes sealKey() {
        return Sha256.of(signer.sign(SEAL));
    }

    public Core<?, ?, ?> of(EntityId id) {
        return switch (id.kind()) {
            case CLUSTER -> new Core<>(new ClusterEntity(signer), ClusterCommand.class);
            case NODE ->
                    new Core<>(new NodeEntity(Subject.parse(id.id()), signer), NodeCommand.class);
            case TUNNEL -> new Core<>(new TunnelEntity(), TunnelCommand.class);
            case COMMUNITY ->
                    new Core<>(
                            new CommunityEntity(cluster, id.id(), signer), CommunityCommand.class);
            case SERVICE ->
                    new Core<>(new ServiceEntity(cluster, id.id(), signer), ServiceCommand.class);
        };
    }
}
