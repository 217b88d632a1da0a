// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.model.Reported;
import io.selvedge.model.Subject;
import io.selvedge.report.Inbox;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A sink that lasts as long as its process, and remembers the latest reports alone. */
public final class MemorySink implements ReportSink {
    private final int max;
    private final Map<Subject, Inbox> inboxes = new HashMap<>();
    private final Deque<Journal> journal = new ArrayDeque<>();

    /** A report, by its node and number; or what a node no longer has of what came before. */
    public sealed interface Journal {
        Subject node();
    }

    public record Entry(Subject node, long epoch, long number, Reported what) implements Journal {}

    public record Missed(Subject node, long epoch, Inbox.Missing missing) implements Journal {}

    /** Remembers so many reports. */
    public MemorySink(int max) {
        this.max = max;
    }

    /** What was taken, oldest first. */
    public synchronized List<Journal> journal() {
        return new ArrayList<>(journal);
    }

    @Override
    public synchronized CompletionStage<Receipt> hand(
            Subject node, ReportMessage.FromNode message) {
        var inbox = inboxes.getOrDefault(node, Inbox.EMPTY);
        var next =
                switch (message) {
                    case ReportMessage.Hello hello -> inbox.open(hello);
                    case ReportMessage.Batch batch -> {
                        var taken = inbox.take(batch);
                        keep(node, batch.epoch(), taken);
                        yield taken.next();
                    }
                };
        inboxes.put(node, next);
        return CompletableFuture.completedFuture(next.receipt(message));
    }

    private void keep(Subject node, long epoch, Inbox.Taken taken) {
        if (taken.missing() != null) {
            journal.add(new Missed(node, epoch, taken.missing()));
        }
        taken.fresh()
                .forEach(
                        fresh -> journal.add(new Entry(node, epoch, fresh.number(), fresh.what())));
        while (journal.size() > max) {
            journal.removeFirst();
        }
    }
}
