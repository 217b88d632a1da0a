// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.MemoryAuthority;
import io.selvedge.actors.intent.MemoryAuthority.Faults;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.node.NodeEntity;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.node.NodeState;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.actors.tunnel.TunnelId;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.model.Report;
import io.selvedge.model.Subject;
import io.selvedge.pki.RecordKeys;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The pure entities as a sink: they crash behind any event, and lose and double what they say to
 * each other.
 */
final class CrashingEntities implements Ledger, ReportSink {
    private static final RecordSigner SIGNER = signer(RecordKeys.generate(new SecureRandom()));
    private static final Faults FAULTS = new Faults(0.1, 0.1, 0.1);

    private final MemoryAuthority authority;

    CrashingEntities(long seed) {
        authority = new MemoryAuthority("beijing", SIGNER, new SplittableRandom(seed));
        authority.suffer(FAULTS);
    }

    private static RecordSigner signer(RecordKeys keys) {
        return new RecordSigner(keys.privateKey(), keys.recordKey());
    }

    @Override
    public ReportSink sink() {
        return this;
    }

    @Override
    public CompletionStage<Receipt> hand(Subject node, ReportMessage.FromNode message) {
        var command =
                switch (message) {
                    case ReportMessage.Hello hello -> new NodeCommand.Open(hello, Instant.EPOCH);
                    case ReportMessage.Batch batch -> new NodeCommand.Take(batch, Instant.EPOCH);
                };
        var tell = new Tell(node.toString(), command);
        authority.tell(tell);
        authority.settle();
        var entity = new NodeEntity(node, SIGNER);
        var state = (NodeState) authority.state(tell.to());
        return entity.decide(state, command).events().isEmpty()
                ? CompletableFuture.completedFuture(entity.receipt(state, command))
                : CompletableFuture.failedFuture(new IllegalStateException("crashed on the way"));
    }

    @Override
    public List<MemorySink.Journal> journal() {
        var journal = new ArrayList<MemorySink.Journal>();
        for (var each : authority.history()) {
            if (each.event() instanceof NodeEvent event) {
                JournaledReports.of(Subject.parse(each.entity().id()), event)
                        .ifPresent(journal::add);
            }
        }
        return journal;
    }

    /** Of what a node said of its tunnel, the Tunnel knows all, in its order. */
    void checkTunnel(Subject node, Subject peer) {
        authority.suffer(Faults.NONE);
        authority.settle();
        var journals = authority.journals();
        var said =
                journals
                        .getOrDefault(new EntityId(EntityKind.NODE, node.toString()), List.of())
                        .stream()
                        .filter(event ->
                                event instanceof NodeEvent.Reported reported
                                        && reported.what().report() instanceof Report.Tunnel)
                        .map(event -> ((NodeEvent.Reported) event).id())
                        .toList();
        var tunnel = new EntityId(EntityKind.TUNNEL, TunnelId.of(node, peer).toString());
        assertThat(journals.getOrDefault(tunnel, List.of()))
                .extracting(event -> ((TunnelEvent) event).account().report())
                .containsExactlyElementsOf(said);
    }
}
