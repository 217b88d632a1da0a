// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.shell.Entities;
import io.selvedge.model.Subject;
import io.selvedge.node.report.ReportSink;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * The sink that lasts: the node's entity takes its reports, and its journal is their end. That they
 * are the node's, the gateway has proven by the key of the grant that it believes, which may be a
 * site authority's; the entity takes each number once, whatever the key.
 */
public record EntitySink(Entities entities, InstantSource wall) implements ReportSink {
    @Override
    public CompletionStage<Receipt> hand(Subject node, ReportMessage.FromNode message) {
        var command =
                switch (message) {
                    case ReportMessage.Hello hello -> new NodeCommand.Open(hello, wall.instant());
                    case ReportMessage.Batch batch -> new NodeCommand.Take(batch, wall.instant());
                };
        return entities.say(new Tell(node.toString(), command))
                .thenApply(outcome -> Objects.requireNonNull(outcome.receipt(), "a Node answers"));
    }
}
