// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.fabric.Gossip.Nearness;
import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import io.selvedge.wire.RecordCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** One node among neighbours that a test speaks for; its clock goes by ticks. */
final class Lone {
    static final Scope FABRIC = new Scope.Fabric();

    final Gossip gossip;
    private final TreeMap<Subject, Nearness> live = new TreeMap<>();
    private final Random random;
    private Instant now = Instant.EPOCH;

    Lone(Subscriptions subscriptions, GossipSettings settings, long seed) {
        gossip = new Gossip(Set.of(writer(0)), new RecordSet(), _ -> true, settings);
        random = new Random(seed);
        on(new Gossip.Subscribed(subscriptions));
        on(new Gossip.Quoted(_ -> Quota.AUTHORITY));
    }

    static Subject peer(int number) {
        return new Subject("beijing", "p%05d".formatted(number));
    }

    static RecordKey writer(int number) {
        return new RecordKey(Bytes.of(ByteBuffer.allocate(32).putInt(number).array()));
    }

    /** A record without signature. */
    static SignedRecord record(int writer, String subject, int version, RecordType type, int size) {
        var header =
                new Header(
                        type,
                        new Subject("beijing", subject),
                        writer(writer),
                        FABRIC,
                        new Version(0, version));
        var signature = Bytes.of(new byte[RecordCodec.SIGNATURE_SIZE]);
        var payload = Bytes.of(new byte[size]);
        return new SignedRecord(header, RecordCodec.body(header, payload), signature);
    }

    static SignedRecord record(int writer, int version) {
        return record(writer, "s" + version, version, RecordType.ENDPOINT, 100);
    }

    List<Gossip.Effect> on(Gossip.Input input) {
        return gossip.on(input, now, random);
    }

    List<Gossip.Effect> tick() {
        now = now.plus(GossipSettings.DEFAULT.tick());
        return on(new Gossip.Tick());
    }

    List<Gossip.Effect> hear(Subject from, GossipMessage message) {
        return on(new Gossip.Received(from, message));
    }

    List<Gossip.Effect> push(Subject from, SignedRecord... records) {
        var bytes = new ArrayList<Bytes>();
        for (var record : records) {
            bytes.add(record.bytes());
        }
        return hear(from, new GossipMessage.Push(bytes));
    }

    List<Gossip.Effect> meet(int number, Nearness nearness) {
        live.put(peer(number), nearness);
        return on(new Gossip.Neighbours("s0", live));
    }

    /** A neighbour that keeps the scope of all records here. */
    void meetKeeper(int number, Nearness nearness) {
        meet(number, nearness);
        var hashes = ScopeHashes.of(Set.of(FABRIC));
        hear(
                peer(number),
                nearness.hub()
                        ? new GossipMessage.Interests(true, Kept.ALL, null, null, Bytes.EMPTY)
                        : new GossipMessage.Interests(
                                false, hashes.digest(), null, null, hashes.packed()));
    }

    static Collection<Subject> receiversOf(SignedRecord record, List<Gossip.Effect> effects) {
        var receivers = new ArrayList<Subject>();
        for (var effect : effects) {
            if (effect instanceof Gossip.Send(var to, GossipMessage.Push(var pushed))
                    && pushed.contains(record.bytes())) {
                receivers.add(to);
            }
        }
        return receivers;
    }

    static List<Subject> asked(List<Gossip.Effect> effects) {
        var asked = new ArrayList<Subject>();
        for (var effect : effects) {
            if (effect instanceof Gossip.Send(var to, GossipMessage.Summary _)) {
                asked.add(to);
            }
        }
        return asked;
    }

    static List<Refusal> refusals(List<Gossip.Effect> effects) {
        return effects.stream()
                .filter(Gossip.Refused.class::isInstance)
                .map(effect -> ((Gossip.Refused) effect).reason())
                .toList();
    }

    static SignedRecord parse(Bytes bytes) {
        try {
            return SignedRecord.parse(bytes);
        } catch (MalformedRecord impossible) {
            throw new AssertionError(impossible);
        }
    }
}
