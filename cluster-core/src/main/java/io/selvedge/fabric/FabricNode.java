// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.wire.GossipMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The fabric plane of one node as a state machine: what it holds, believes and writes. Inputs, the
 * time and random numbers go in, effects come out. The actor of production and the simulator are
 * its two shells.
 *
 * <p>Owned by one thread. Effects are to be done in their order, for a version is reserved and a
 * record rests on disk before it is sent. When one cannot be done, throw the node away and make
 * another from the disk.
 */
public final class FabricNode {
    /** Ticks between two announcements of a node on its LAN. */
    static final int ANNOUNCE_TICKS = 10;

    /** Announcements of others that are looked at between two ticks. */
    static final int OVERHEARD_MAX = 64;

    private final Self self;
    private final Verifier verifier;
    private final Gossip gossip;
    private final Doorkeeper doorkeeper;
    private final OwnRecords own;
    private final OwnStatements said;
    private final Supersession supersession = new Supersession();
    private final Sync sync = new Sync();
    private final TreeSet<Subject> reached = new TreeSet<>();
    private final List<Effect> effects = new ArrayList<>();
    private View view;
    private List<IpAddress> underlay = List.of();
    private long ticks;
    private int overheard;

    /**
     * Who a node is.
     *
     * @param signer its record key
     * @param root the key that all trust comes from
     */
    public record Self(Subject subject, Signer signer, RecordKey root) {}

    /** What happens to a node. */
    public sealed interface Input {}

    /** That {@link GossipSettings#tick} went by. */
    public record Tick() implements Input {}

    /** A datagram that came from a fabric address. */
    public record Datagram(IpAddress from, Bytes bytes) implements Input {}

    /** What somebody on the LAN announced of itself. */
    public record Overheard(Bytes announcement) implements Input {}

    /** All peers that can be reached now. */
    public record Reached(SortedSet<Subject> peers) implements Input {
        public Reached {
            peers = new TreeSet<>(peers);
        }
    }

    /** As a connector: from where peers come, by subject. */
    public record Sighted(SortedMap<Subject, Sighting> peers) implements Input {
        public Sighted {
            peers = new TreeMap<>(peers);
        }
    }

    /** The addresses of this machine that are not Selvedge's own. */
    public record Underlay(List<IpAddress> addresses) implements Input {
        public Underlay {
            addresses = List.copyOf(addresses);
        }
    }

    /** Records handed over by whom this node trusts: its enrolment, the authority beside it. */
    public record Published(Collection<SignedRecord> records) implements Input {
        public Published {
            records = List.copyOf(records);
        }
    }

    /** What a node is to do. */
    public sealed interface Effect {}

    /** Versions of the own key up to this one are spoken for: to be persisted first. */
    public record Reserve(Version upTo) implements Effect {}

    /** Newly held: to be persisted before anything is sent. */
    public record Store(List<SignedRecord> records) implements Effect {}

    /** Kept no more. */
    public record Forget(List<SignedRecord> records) implements Effect {}

    /** A datagram for a fabric address. */
    public record Send(IpAddress to, Bytes datagram) implements Effect {}

    /** What everybody on the LAN may know of this node. */
    public record Announce(Bytes announcement) implements Effect {}

    /** Other records are held now, and this is what follows from them. */
    public record Believe(View view) implements Effect {}

    /** Something that arrived and was not taken in. */
    public record Refused(String from, String why) implements Effect {}

    /** Another living node writes with this node's key; this one writes nothing any more. */
    public record DuplicateIdentity(Version seen) implements Effect {}

    /**
     * Makes a node from what rests on its disk.
     *
     * @param reserved the last {@link Reserve} of any earlier life; (1, 0) when there was none
     */
    public FabricNode(
            Self self,
            RecordSet held,
            Version reserved,
            Verifier verifier,
            GossipSettings settings) {
        this.self = self;
        this.verifier = verifier;
        this.doorkeeper = new Doorkeeper(verifier);
        this.gossip = new Gossip(Set.of(self.signer().key()), held, this::isGenuine, settings);
        var above = highest(held, reserved);
        this.own =
                new OwnRecords(
                        self.signer(),
                        new OwnVersions(above, upTo -> effects.add(new Reserve(upTo))));
        this.said = new OwnStatements(own, self.subject());
        this.view = View.of(held.statements(), self.root());
    }

    /** What it believes now. */
    public View view() {
        return view;
    }

    /** What it holds. Not to be changed. */
    public RecordSet records() {
        return gossip.records();
    }

    /** Whether neighbours held the same when they were last heard. */
    public boolean agrees() {
        return sync.agrees(gossip.records());
    }

    /** Whether anything was heard of one of the nodes lately. */
    public boolean heardLately(Collection<Subject> nodes, Instant now) {
        return sync.heardLately(nodes, now);
    }

    /** The first thing to do: takes in what the enrolment gave, and believes. */
    public List<Effect> start(
            Collection<SignedRecord> enrolment, Instant now, RandomGenerator random) {
        gossip(new Gossip.Published(enrolment), now, random);
        believe(now, random);
        return taken();
    }

    public List<Effect> on(Input input, Instant now, RandomGenerator random) {
        boolean changed =
                switch (input) {
                    case Tick _ -> tick(now, random);
                    case Datagram(var from, var bytes) -> receive(from, bytes, now, random);
                    case Overheard(var announcement) -> overhear(announcement, now, random);
                    case Reached(var peers) -> reach(peers, now, random);
                    case Sighted(var peers) ->
                            write(said.observations(view, records(), peers), now, random);
                    case Underlay(var addresses) -> {
                        underlay = addresses;
                        yield writeEndpoint(now, random);
                    }
                    case Published(var records) ->
                            gossip(new Gossip.Published(records), now, random);
                };
        if (changed) {
            believe(now, random);
        }
        return taken();
    }

    private boolean tick(Instant now, RandomGenerator random) {
        ticks++;
        overheard = 0;
        boolean changed = gossip(new Gossip.Tick(), now, random);
        switch (supersession.tick()) {
            case Supersession.Wait _ -> {}
            case Supersession.GoAbove(var seen) ->
                    changed |=
                            gossip(
                                    new Gossip.Published(own.supersede(records(), seen)),
                                    now,
                                    random);
            case Supersession.FallSilent(var seen) -> effects.add(new DuplicateIdentity(seen));
        }
        changed |= writeEndpoint(now, random);
        if (ticks % ANNOUNCE_TICKS == 1) {
            announce();
        }
        return changed;
    }

    private boolean receive(IpAddress from, Bytes bytes, Instant now, RandomGenerator random) {
        return switch (doorkeeper.admit(view, from, bytes)) {
            case Doorkeeper.TurnedAway(var why) -> {
                effects.add(new Refused(from.toString(), why));
                yield false;
            }
            case Doorkeeper.Admitted(var node, var message) -> {
                sync.heard(node, message, now);
                yield gossip(new Gossip.Received(node, message), now, random);
            }
        };
    }

    private boolean overhear(Bytes announcement, Instant now, RandomGenerator random) {
        if (++overheard > OVERHEARD_MAX) {
            return false;
        }
        return switch (Announcement.read(announcement)) {
            case Announcement.Unusable(var why) -> {
                effects.add(new Refused("lan", why));
                yield false;
            }
            case Announcement.Heard(var node, _) when node.equals(self.subject()) -> false;
            case Announcement.Heard(var node, var records) ->
                    gossip(new Gossip.Received(node, new GossipMessage.Push(records)), now, random);
        };
    }

    private boolean reach(SortedSet<Subject> peers, Instant now, RandomGenerator random) {
        if (peers.equals(reached)) {
            return false;
        }
        reached.clear();
        reached.addAll(peers);
        sync.keepOnly(peers);
        return gossip(new Gossip.Neighbours(new TreeSet<>(peers)), now, random);
    }

    private boolean writeEndpoint(Instant now, RandomGenerator random) {
        var records = said.endpoint(view, records(), underlay);
        boolean written = write(records, now, random);
        if (written) {
            announce();
        }
        return written;
    }

    private boolean write(List<SignedRecord> records, Instant now, RandomGenerator random) {
        return !records.isEmpty()
                && !supersession.isSilent()
                && gossip(new Gossip.Published(records), now, random);
    }

    /** Takes over what gossip wants, and says whether other records are held now. */
    private boolean gossip(Gossip.Input input, Instant now, RandomGenerator random) {
        boolean changed = false;
        for (var effect : gossip.on(input, now, random)) {
            switch (effect) {
                case Gossip.Stored(var records) -> {
                    effects.add(new Store(records));
                    changed = true;
                }
                case Gossip.Dropped(var records) -> {
                    effects.add(new Forget(records));
                    changed = true;
                }
                case Gossip.Send(var to, var message) -> send(to, message);
                case Gossip.Refused(var from, var reason, var detail) ->
                        effects.add(new Refused(from.toString(), reason + ": " + detail));
                case Gossip.SelfAhead(_, var version) -> supersession.seen(version);
            }
        }
        return changed;
    }

    private void send(Subject to, GossipMessage message) {
        var grant = view.grant(to);
        if (grant != null) {
            var datagram = SignedDatagram.seal(self.signer(), message);
            effects.add(new Send(grant.says().fabricAddress(), datagram));
        }
    }

    private void announce() {
        var announcement =
                Announcement.of(records().records(new Scope.OfNode(self.subject())), view);
        if (announcement != null) {
            effects.add(new Announce(announcement));
        }
    }

    /** Reads anew what can be believed, and keeps its scopes. */
    private void believe(Instant now, RandomGenerator random) {
        do {
            view = View.of(records().statements(), self.root());
        } while (gossip(new Gossip.Subscribed(view.subscriptions(self.subject())), now, random));
        effects.add(new Believe(view));
    }

    private boolean isGenuine(SignedRecord record) {
        return verifier.verify(record);
    }

    private List<Effect> taken() {
        var taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    /** Whatever the disk says was reserved: versions go on above those that are held. */
    private Version highest(RecordSet held, Version reserved) {
        return held.records().stream()
                .map(SignedRecord::header)
                .filter(header -> header.writer().equals(self.signer().key()))
                .map(Header::version)
                .reduce(reserved, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
}
