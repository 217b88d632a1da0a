// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import static io.selvedge.actors.intent.Journals.RECEIVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.MemoryAuthority.Faults;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.node.NodeState;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.Hello;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A node's reports reach its journal and its tunnel's, each once, whatever happens on the way. */
class TunnelReportsProperties {
    private static final int REPORTS = 300;
    private static final EntityId NODE = new EntityId(EntityKind.NODE, "beijing/uid-1");
    private static final EntityId TUNNEL =
            new EntityId(EntityKind.TUNNEL, "beijing/uid-1|beijing/uid-3");

    @Property(tries = 100)
    void eachReportIsJournaledOnceAndATunnelHearsInOrder(@ForAll long seed) {
        var random = new Random(seed);
        var authority =
                new MemoryAuthority(
                        "beijing", new CheapSigner(Wishes.keys(99, 0).recordKey()), random);
        authority.tell(open(1));
        authority.settle();
        var batches = batches(random);
        var late = new ArrayList<>(batches);
        Collections.shuffle(late, random);
        authority.suffer(new Faults(0.3, 0.3, 0.3));
        late.forEach(batch -> authority.tell(take(batch)));
        authority.settle();
        authority.suffer(Faults.NONE);
        for (int pass = 0; pass < 5; pass++) { // a full Node takes the rest when it is told again
            for (var batch : batches) {
                authority.tell(take(batch));
                authority.settle();
            }
        }

        var all = LongStream.rangeClosed(1, REPORTS).boxed().toList();
        assertThat(authority.journals().get(NODE))
                .filteredOn(NodeEvent.Reported.class::isInstance)
                .extracting(event -> ((NodeEvent.Reported) event).id().number())
                .containsExactlyElementsOf(all);
        assertThat(authority.journals().get(TUNNEL))
                .extracting(event -> ((TunnelEvent) event).account().report().number())
                .containsExactlyElementsOf(all);
        assertThat(((NodeState) authority.state(NODE)).past().untold()).isEmpty();
    }

    /** Overlapping, as they are when a node sends again. */
    private static List<Batch> batches(Random random) {
        var batches = new ArrayList<Batch>();
        for (int next = 1; next <= REPORTS; ) {
            int first = Math.max(1, next - random.nextInt(5));
            int many = Math.min(REPORTS + 1 - first, 6 + random.nextInt(60));
            batches.add(Journals.relayed(first, many));
            next = first + many;
        }
        return batches;
    }

    private static Tell open(long nonce) {
        return new Tell(NODE.id(), new NodeCommand.Open(new Hello(nonce, 0), RECEIVED));
    }

    private static Tell take(Batch batch) {
        return new Tell(NODE.id(), new NodeCommand.Take(batch, RECEIVED));
    }
}
