// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.MemoryAuthority.Faults;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.node.NodeReport;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.model.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A node's reports reach its journal and its tunnel's, each once, whatever happens on the way. */
class TunnelReportsProperties {
    private static final int REPORTS = 12;
    private static final EntityId NODE = new EntityId(EntityKind.NODE, "beijing/uid-1");
    private static final EntityId TUNNEL =
            new EntityId(EntityKind.TUNNEL, "beijing/uid-1|beijing/uid-3");

    @Property(tries = 200)
    void eachReportIsJournaledOnceAndATunnelHearsInOrder(@ForAll long seed) {
        var random = new Random(seed);
        var authority =
                new MemoryAuthority(
                        "beijing", new CheapSigner(Wishes.keys(99, 0).recordKey()), random);
        var reports = new ArrayList<NodeReport>();
        LongStream.rangeClosed(1, REPORTS).forEach(each -> reports.add(Journals.relayed(each)));
        for (var faults : List.of(new Faults(0.3, 0.3, 0.3), Faults.NONE)) {
            authority.suffer(faults);
            Collections.shuffle(reports, random);
            reports.forEach(report -> authority.tell(take(report)));
            authority.settle();
        }

        assertThat(authority.journals().get(NODE))
                .filteredOn(NodeEvent.Reported.class::isInstance)
                .hasSize(REPORTS);
        assertThat(heard(authority))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, REPORTS).boxed().toList());
    }

    @Property(tries = 50)
    void aTunnelWaitsForWhatIsMissingUntilItIsGivenUp(@ForAll long seed) {
        var authority =
                new MemoryAuthority(
                        "beijing",
                        new CheapSigner(Wishes.keys(99, 0).recordKey()),
                        new Random(seed));
        for (long sequence : new long[] {1, 2, 6, 7}) {
            authority.tell(take(Journals.relayed(sequence)));
        }
        authority.settle();
        assertThat(heard(authority)).containsExactly(1L, 2L);

        var last = Journals.relayed(8);
        authority.tell(
                take(
                        new NodeReport(
                                last.id(),
                                last.at(),
                                last.hlc(),
                                last.cause(),
                                new NodeReport.Missing(3, 5))));
        authority.settle();
        assertThat(heard(authority)).containsExactly(1L, 2L, 6L, 7L);
    }

    private static Tell take(NodeReport report) {
        return new Tell(
                Subject.parse("beijing/uid-1").toString(),
                new NodeCommand.Take(List.of(report), Instant.parse("2026-11-22T10:15:31Z")));
    }

    private static List<Long> heard(MemoryAuthority authority) {
        return authority.journals().getOrDefault(TUNNEL, List.of()).stream()
                .map(event -> ((TunnelEvent) event).account().report().sequence())
                .toList();
    }
}
