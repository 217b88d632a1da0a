// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What iputils' {@code ping -n -D -O} has written so far, understood. Sequence numbers decide what
 * was sent and lost. One thread at a time.
 */
final class PingOutput {
    private static final Pattern REPLY =
            Pattern.compile("\\[([0-9.]+)] \\d+ bytes from .*: icmp_seq=(\\d+) ttl=(\\d+) .*");
    private static final Pattern ASKED = Pattern.compile("\\[[0-9.]+] .*icmp_seq=(\\d+).*");
    private static final Pattern SUMMARY =
            Pattern.compile("(\\d+) packets transmitted, (\\d+) received,.*");

    private final BitSet answered = new BitSet();
    private final List<String> ttlChanges = new ArrayList<>();
    private int highest;
    private int transmitted = -1;
    private int received = -1;
    private int ttl = -1;
    private double lastReply = Double.NaN;
    private double longestGap;

    void line(String line) {
        var reply = REPLY.matcher(line);
        if (reply.matches()) {
            int sequence = Integer.parseInt(reply.group(2));
            highest = Math.max(highest, sequence);
            if (!answered.get(sequence)) {
                answered.set(sequence);
                answer(
                        sequence,
                        Double.parseDouble(reply.group(1)),
                        Integer.parseInt(reply.group(3)));
            }
            return;
        }
        var asked = ASKED.matcher(line);
        if (asked.matches()) {
            highest = Math.max(highest, Integer.parseInt(asked.group(1)));
            return;
        }
        var summary = SUMMARY.matcher(line);
        if (summary.matches()) {
            transmitted = Integer.parseInt(summary.group(1));
            received = Integer.parseInt(summary.group(2));
        }
    }

    private void answer(int sequence, double at, int newTtl) {
        if (!Double.isNaN(lastReply)) {
            longestGap = Math.max(longestGap, at - lastReply);
        }
        lastReply = at;
        if (ttl >= 0 && ttl != newTtl) {
            ttlChanges.add("ttl %d to %d at %d".formatted(ttl, newTtl, sequence));
        }
        ttl = newTtl;
    }

    /** The highest sequence number that is known to be sent. */
    int highest() {
        return highest;
    }

    boolean anyAnswer() {
        return !answered.isEmpty();
    }

    /** Whether any request from this one on was answered. */
    boolean answeredFrom(int sequence) {
        return answered.nextSetBit(sequence) >= 0;
    }

    /**
     * The account of the first {@code until} requests; call it after ping ended. Throws when ping's
     * own summary says something else than the lines did.
     */
    PingReport report(String flow, int until) {
        if (received != answered.cardinality() || transmitted < until) {
            throw new LabException(
                    ("pings %s: ping's summary (%d sent, %d received) contradicts its lines (%d sent,"
                                    + " %d received); a line was lost, so the count is void")
                            .formatted(flow, transmitted, received, until, answered.cardinality()));
        }
        var lost = new ArrayList<Integer>();
        for (int i = answered.nextClearBit(1); i <= until; i = answered.nextClearBit(i + 1)) {
            lost.add(i);
        }
        return new PingReport(flow, until, lost, Math.round(longestGap * 1000), ttlChanges);
    }
}
