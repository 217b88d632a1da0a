// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
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
import org.jspecify.annotations.Nullable;

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
    static final int ANNOUNCE_TICKS = 20;

    /** Announcements of others that are looked at between two ticks. */
    static final int OVERHEARD_MAX = 64;

    private final Self self;
    private final Verifier verifier;
    private final Gossip gossip;
    private final Doorkeeper doorkeeper;
    private final OwnRecords own;
    private final OwnStatements said;
    private final Supersession supersession = new Supersession();
    private final RefusalCounts refusals = new RefusalCounts();
    private final TreeSet<Subject> reached = new TreeSet<>();
    private final TreeSet<Scope> changed = new TreeSet<>();
    private final List<Effect> effects = new ArrayList<>();
    private SortedMap<Subject, Gossip.Nearness> met = new TreeMap<>();
    private View view;
    private List<IpAddress> underlay = List.of();
    private boolean mayHaveMoved = true;
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

    /** So many datagrams came that no room was left for: they were dropped unread. */
    public record Overrun(int datagrams) implements Input {}

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
    public record Refused(String from, Refusal cause, String detail) implements Effect {}

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
        this.doorkeeper = new Doorkeeper(verifier, settings);
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

    /** Whether, as far as is known here, the neighbours hold the same. */
    public boolean agrees() {
        return gossip.agrees();
    }

    /** How much was refused since it started, by cause; causes that never occurred are absent. */
    public SortedMap<Refusal, Long> refusals() {
        return refusals.all();
    }

    /** When a neighbour was last heard of; null if never since it came within reach. */
    public @Nullable Instant heardFrom(Subject neighbour) {
        return gossip.heardFrom(neighbour);
    }

    /** Takes note that all effects are done: what is held rests on disk. */
    public void settle() {
        gossip.records().settle();
    }

    /** The first thing to do: takes in what the enrolment gave, and believes. */
    public List<Effect> start(
            Collection<SignedRecord> enrolment, Instant now, RandomGenerator random) {
        gossip(new Gossip.Subscribed(view.subscriptions(self.subject())), now, random);
        gossip(new Gossip.Buried(Burial.all(records(), view), this::isDead), now, random);
        gossip(new Gossip.Published(enrolment), now, random);
        believe(now, random);
        return taken();
    }

    public List<Effect> on(Input input, Instant now, RandomGenerator random) {
        switch (input) {
            case Tick _ -> tick(now, random);
            case Datagram(var from, var bytes) -> receive(from, bytes, now, random);
            case Overrun(var datagrams) -> refusals.add(Refusal.OVERRUN, datagrams);
            case Overheard(var announcement) -> overhear(announcement, now, random);
            case Reached(var peers) -> {
                reached.clear();
                reached.addAll(peers);
                meet(now, random);
            }
            case Sighted(var peers) ->
                    write(said.observations(view, records(), peers), now, random);
            case Underlay(var addresses) -> {
                if (!addresses.equals(underlay)) {
                    underlay = addresses;
                    mayHaveMoved = true;
                }
                writeEndpoint(now, random);
            }
            case Published(var records) -> gossip(new Gossip.Published(records), now, random);
        }
        if (!changed.isEmpty()) {
            believe(now, random);
        }
        return taken();
    }

    private void tick(Instant now, RandomGenerator random) {
        ticks++;
        overheard = 0;
        gossip(new Gossip.Tick(), now, random);
        switch (supersession.tick()) {
            case Supersession.Wait _ -> {}
            case Supersession.GoAbove(var seen) ->
                    gossip(new Gossip.Published(own.supersede(records(), seen)), now, random);
            case Supersession.FallSilent(var seen) -> effects.add(new DuplicateIdentity(seen));
        }
        writeEndpoint(now, random);
        if (ticks % ANNOUNCE_TICKS == 1) {
            announce();
        }
    }

    private void receive(IpAddress from, Bytes bytes, Instant now, RandomGenerator random) {
        switch (doorkeeper.admit(view, from, bytes, now)) {
            case Doorkeeper.TurnedAway(var cause, var why) -> refuse(from.toString(), cause, why);
            case Doorkeeper.Admitted(var node, var message) ->
                    gossip(new Gossip.Received(node, message), now, random);
        }
    }

    private void overhear(Bytes announcement, Instant now, RandomGenerator random) {
        if (++overheard > OVERHEARD_MAX) {
            refusals.add(Refusal.RATE, 1); // and no effect: the flood shall not reach the log
            return;
        }
        switch (Announcement.read(announcement)) {
            case Announcement.Unusable(var why) -> refuse("lan", Refusal.MALFORMED, why);
            case Announcement.Heard(var node, _) when node.equals(self.subject()) -> {}
            case Announcement.Heard(var node, var records) ->
                    gossip(new Gossip.Overheard(node, records), now, random);
        }
    }

    /** Tells gossip who is near, when that is news: reachability or a grant may have changed. */
    private void meet(Instant now, RandomGenerator random) {
        var near = new TreeMap<Subject, Gossip.Nearness>();
        reached.forEach(peer -> near.put(peer, nearness(peer)));
        if (!near.equals(met)) {
            met = near;
            var site = nearness(self.subject()).site();
            gossip(new Gossip.Neighbours(site, new TreeMap<>(near)), now, random);
        }
    }

    private Gossip.Nearness nearness(Subject node) {
        var grant = view.grant(node);
        return grant == null
                ? new Gossip.Nearness("", false)
                : new Gossip.Nearness(grant.says().site(), !grant.says().isEdge());
    }

    /** Says where this node is, when that may be news: the underlay or the view is another one. */
    private void writeEndpoint(Instant now, RandomGenerator random) {
        if (!mayHaveMoved) {
            return;
        }
        mayHaveMoved = false;
        if (view.isRevoked(self.signer().key())
                || view.deaths(new Scope.OfNode(self.subject())).gone()) {
            return; // nobody would keep it
        }
        if (write(said.endpoint(view, records(), underlay), now, random)) {
            announce();
        }
    }

    private boolean write(List<SignedRecord> records, Instant now, RandomGenerator random) {
        if (records.isEmpty() || supersession.isSilent()) {
            return false;
        }
        gossip(new Gossip.Published(records), now, random);
        return true;
    }

    /** Takes over what gossip wants, and notes of which scopes other records are held now. */
    private void gossip(Gossip.Input input, Instant now, RandomGenerator random) {
        for (var effect : gossip.on(input, now, random)) {
            switch (effect) {
                case Gossip.Stored(var records) -> {
                    effects.add(new Store(records));
                    records.forEach(record -> changed.add(record.scope()));
                }
                case Gossip.Dropped(var records) -> {
                    effects.add(new Forget(records));
                    records.forEach(record -> changed.add(record.scope()));
                }
                case Gossip.Lost _ -> mayHaveMoved = true; // what was lost may be its own endpoint
                case Gossip.Send(var to, var message) -> send(to, message);
                case Gossip.Refused(var from, var cause, var detail) ->
                        refuse(from.toString(), cause, detail);
                case Gossip.SelfAhead(_, var version) -> {
                    own.raiseAbove(version); // what is signed meanwhile must not repeat a version
                    supersession.seen(version);
                }
            }
        }
    }

    private void refuse(String from, Refusal cause, String detail) {
        refusals.add(cause, 1);
        effects.add(new Refused(from, cause, detail));
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
        while (!changed.isEmpty()) {
            var before = view;
            var held = new TreeMap<Scope, List<Statement>>();
            changed.forEach(scope -> held.put(scope, statements(scope)));
            changed.clear();
            view = view.update(held);
            mayHaveMoved = true;
            gossip(new Gossip.Subscribed(view.subscriptions(self.subject())), now, random);
            var dead = Burial.since(before, held.keySet(), records(), view);
            if (!dead.isEmpty()) {
                gossip(new Gossip.Buried(dead, this::isDead), now, random);
            }
        }
        gossip(new Gossip.Quoted(this::quota), now, random);
        meet(now, random);
        effects.add(new Believe(view));
    }

    /** What is held of a scope, and what was held until it rotted and is not made good yet. */
    private List<Statement> statements(Scope scope) {
        var statements = new ArrayList<>(records().statements(scope));
        var lost = records().losses(scope);
        if (!lost.isEmpty()) {
            view.held(scope).stream()
                    .filter(said ->
                            said.header()
                                            .version()
                                            .equals(lost.get(Sha256.of(said.header().slot())))
                                    && !statements.contains(said))
                    .forEach(statements::add);
        }
        return statements;
    }

    private @Nullable Quota quota(RecordKey writer) {
        if (writer.equals(self.root()) || view.isAuthority(writer)) {
            return Quota.AUTHORITY;
        }
        var node = view.writerOf(writer);
        var grant = node == null ? null : view.grant(node);
        if (grant == null) {
            return null;
        }
        return grant.says().isEdge() ? Quota.NODE : Quota.CONNECTOR;
    }

    private boolean isDead(SignedRecord record) {
        return view.isDead(record);
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
        var known = held.highestOf(self.signer().key());
        return known == null || known.compareTo(reserved) < 0 ? reserved : known;
    }
}
