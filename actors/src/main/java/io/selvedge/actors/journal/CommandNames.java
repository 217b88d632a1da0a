// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.actors.cluster.ClusterCommand;
import io.selvedge.actors.community.CommunityCommand;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.service.ServiceCommand;
import io.selvedge.actors.tunnel.TunnelCommand;

/** How commands are named where any of them may stand. Names are only ever added. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "cluster.intend", value = ClusterCommand.Intend.class),
    @JsonSubTypes.Type(name = "cluster.allocate", value = ClusterCommand.Allocate.class),
    @JsonSubTypes.Type(name = "cluster.found", value = ClusterCommand.Found.class),
    @JsonSubTypes.Type(name = "cluster.fall-behind", value = ClusterCommand.FallBehind.class),
    @JsonSubTypes.Type(name = "node.declare", value = NodeCommand.Declare.class),
    @JsonSubTypes.Type(name = "node.remove", value = NodeCommand.Remove.class),
    @JsonSubTypes.Type(name = "node.grant", value = NodeCommand.Grant.class),
    @JsonSubTypes.Type(name = "node.refuse", value = NodeCommand.Refuse.class),
    @JsonSubTypes.Type(name = "node.found", value = NodeCommand.Found.class),
    @JsonSubTypes.Type(name = "node.open", value = NodeCommand.Open.class),
    @JsonSubTypes.Type(name = "node.take", value = NodeCommand.Take.class),
    @JsonSubTypes.Type(name = "node.told", value = NodeCommand.Told.class),
    @JsonSubTypes.Type(name = "tunnel.hear", value = TunnelCommand.Hear.class),
    @JsonSubTypes.Type(name = "community.declare", value = CommunityCommand.Declare.class),
    @JsonSubTypes.Type(name = "community.remove", value = CommunityCommand.Remove.class),
    @JsonSubTypes.Type(name = "community.found", value = CommunityCommand.Found.class),
    @JsonSubTypes.Type(name = "service.declare", value = ServiceCommand.Declare.class),
    @JsonSubTypes.Type(name = "service.remove", value = ServiceCommand.Remove.class),
    @JsonSubTypes.Type(name = "service.found", value = ServiceCommand.Found.class)
})
interface CommandNames {}
