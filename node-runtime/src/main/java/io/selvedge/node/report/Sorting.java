// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.fabric.Envelope;
import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.wire.MalformedRecord;
import io.selvedge.wire.ReportMessage;
import io.selvedge.wire.ReportMessageCodec;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sorts what arrives: to the outbox, or to the gateway. Each has room for a bounded number of
 * messages; the rest is lost, as any datagram may be. Thread-safe; never blocks.
 */
final class Sorting implements BiConsumer<IpAddress, Bytes> {
    private static final Logger LOG = LoggerFactory.getLogger(Sorting.class);
    private static final int ROOM = 256;

    private final Semaphore toOutbox = new Semaphore(ROOM);
    private final Semaphore toGateway = new Semaphore(ROOM);
    private final Receiver receiver;

    /**
     * A message, nothing about it proven; {@code done} is to be run once, when it is dealt with.
     */
    interface Receiver {
        void answer(
                IpAddress from,
                Envelope envelope,
                ReportMessage.FromGateway message,
                Runnable done);

        void report(
                IpAddress from, Envelope envelope, ReportMessage.FromNode message, Runnable done);
    }

    Sorting(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void accept(IpAddress from, Bytes datagram) {
        try {
            var envelope = Envelope.parse(Envelope.Kind.REPORTS, datagram);
            switch (ReportMessageCodec.decode(envelope.body())) {
                case ReportMessage.FromGateway message -> {
                    if (toOutbox.tryAcquire()) {
                        receiver.answer(from, envelope, message, toOutbox::release);
                    }
                }
                case ReportMessage.FromNode message -> {
                    if (toGateway.tryAcquire()) {
                        receiver.report(from, envelope, message, toGateway::release);
                    }
                }
            }
        } catch (MalformedRecord malformed) {
            LOG.atDebug().addKeyValue("from", from).log("refused: {}", malformed.getMessage());
        }
    }
}
