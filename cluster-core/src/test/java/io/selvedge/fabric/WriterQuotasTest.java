// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.Gossip.Nearness;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordType;
import io.selvedge.wire.GossipMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one writer can make a node take in. */
class WriterQuotasTest {
    private static final Quota SMALL = new Quota(3, 2_000, 2, 5);

    private final Lone node = new Lone(Subscriptions.ALL, GossipSettings.DEFAULT, 1);

    WriterQuotasTest() {
        node.on(new Gossip.Quoted(writer -> writer.equals(Lone.writer(1)) ? SMALL : null));
        node.meetKeeper(1, new Nearness("s1", false));
    }

    @Test
    void moreSlotsThanItsQuotaAreRefusedAndHigherVersionsAreNot() {
        push(Lone.record(1, 1), Lone.record(1, 2), Lone.record(1, 3));

        assertThat(push(Lone.record(1, 4))).containsExactly(Refusal.FULL);
        assertThat(push(endpoint(1, "s1", 9, 100))).isEmpty();
        assertThat(node.gossip.records().size()).isEqualTo(3);
    }

    @Test
    void aHigherVersionMayNotGrowBeyondTheBytes() {
        push(endpoint(1, "s1", 1, 1_500));

        assertThat(push(endpoint(1, "s1", 2, 3_000))).containsExactly(Refusal.FULL);
        assertThat(push(endpoint(1, "s1", 3, 1_600))).isEmpty();
    }

    @Test
    void whoIsTooFastIsHeardLater() {
        for (int version = 1; version <= 5; version++) {
            assertThat(push(endpoint(1, "s", version, 10))).isEmpty();
        }
        var sixth = endpoint(1, "s", 6, 10);
        assertThat(push(sixth)).containsExactly(Refusal.RATE);
        assertThat(pulls(sixth)).as("a refusal for haste is not remembered").isTrue();

        node.tick();

        assertThat(push(sixth)).isEmpty();
    }

    @Test
    void strangersShareWhatThereIsForThem() {
        int taken = 0;
        for (int stranger = 10; stranger < 60; stranger++) {
            for (int i = 0; i < 4; i++) {
                var record = endpoint(stranger, "s" + i, 1, 12_000);
                taken += push(record).isEmpty() ? 1 : 0;
            }
            node.tick();
        }

        assertThat(taken).isBetween(80, 90);
        assertThat(node.gossip.records().bytes())
                .isLessThanOrEqualTo(WriterQuotas.STRANGERS_BYTES_MAX);
        assertThat(push(Lone.record(1, 1))).as("who is known has room").isEmpty();
    }

    @Test
    void whatThereWasNoRoomForIsNotPulledUntilThereIs() {
        for (int i = 1; i <= 3; i++) {
            push(Lone.record(1, i));
        }
        var fourth = Lone.record(1, 4);
        assertThat(pulls(fourth)).isTrue();
        push(fourth);
        assertThat(pulls(fourth)).isFalse();

        node.on(new Gossip.Quoted(_ -> Quota.NODE));

        assertThat(pulls(fourth)).isTrue();
        assertThat(push(fourth)).isEmpty();
    }

    @Test
    void thePublishedIsExempt() {
        var many = new ArrayList<SignedRecord>();
        for (int i = 1; i <= 100; i++) {
            many.add(Lone.record(77, i));
        }
        node.on(new Gossip.Published(many));

        assertThat(node.gossip.records().size()).isEqualTo(100);
    }

    private List<Refusal> push(SignedRecord... records) {
        return Lone.refusals(node.push(Lone.peer(1), records));
    }

    /** Whether the neighbour is asked for the record when it lists it. */
    private boolean pulls(SignedRecord record) {
        var held =
                new GossipMessage.Held(
                        record.slotHash(), record.version(), Datagrams.shortHash(Card.of(record)));
        var listing = new GossipMessage.Listing(Lone.FABRIC, null, null, List.of(held));
        return node.hear(Lone.peer(1), listing).stream()
                .anyMatch(effect ->
                        effect instanceof Gossip.Send(_, GossipMessage.Pull(_, List<Bytes> slots))
                                && slots.contains(record.slotHash()));
    }

    private static SignedRecord endpoint(int writer, String subject, int version, int size) {
        return Lone.record(writer, subject, version, RecordType.ENDPOINT, size);
    }
}
