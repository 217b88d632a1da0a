// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A flood neither fills the heap nor takes the room of others (I4). */
class InboxTest {
    private static final int SIZE = 1_200;

    private final Inbox<Integer> inbox = new Inbox<>();

    @Test
    void whoFloodsLeavesRoomForOthers() {
        int entered = flood(1, 10_000);
        assertThat(entered).isPositive().isLessThan(Inbox.SENDER_BYTES_MAX / SIZE);
        assertThat(inbox.takeOverrun()).isEqualTo(10_000 - entered);
        assertThat(inbox.takeOverrun()).isZero();
        assertThat(inbox.enter(2, SIZE)).isTrue();
    }

    @Test
    void allTogetherAreBounded() {
        int entered = 0;
        for (int sender = 0; sender < 1_000; sender++) {
            entered += flood(sender, 1_000);
        }
        assertThat(entered * SIZE).isLessThan(Inbox.BYTES_MAX).isGreaterThan(Inbox.BYTES_MAX / 2);
    }

    @Test
    void whatWasLookedAtMakesRoomAgain() {
        int entered = flood(1, 10_000);
        for (int i = 0; i < entered; i++) {
            inbox.leave(1, SIZE);
        }
        assertThat(flood(1, 10_000)).isEqualTo(entered);
    }

    @Test
    void emptyMessagesAreNotFree() {
        int entered = 0;
        while (entered < 10_000 && inbox.enter(1, 0)) {
            entered++;
        }
        assertThat(entered).isLessThan(2_000);
    }

    private int flood(int sender, int messages) {
        int entered = 0;
        for (int i = 0; i < messages; i++) {
            entered += inbox.enter(sender, SIZE) ? 1 : 0;
        }
        return entered;
    }
}
