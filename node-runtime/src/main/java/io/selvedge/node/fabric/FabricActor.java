// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.selvedge.fabric.Gossip;
import io.selvedge.fabric.GossipSettings;
import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.SignedDatagram;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.node.Identity;
import io.selvedge.node.NodeSettings;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.node.store.RecordFile;
import io.selvedge.wire.GossipMessage;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the records of this node: feeds gossip, does its effects in their order (disk before wire),
 * writes the node's own records, and tells what is believed whenever that changes.
 */
public final class FabricActor extends AbstractBehavior<FabricActor.Command> {
    private static final Duration UNDERLAY_POLL = Duration.ofSeconds(1);
    private static final int SUPERSEDE_MAX = 3;

    private static final Logger LOG = LoggerFactory.getLogger(FabricActor.class);

    public sealed interface Command {}

    /** A datagram from a fabric address. */
    record Incoming(IpAddress from, Bytes datagram) implements Command {}

    /** Records that the authority on this node has published. */
    public record Publish(Collection<SignedRecord> records) implements Command {}

    /** The peers that can be reached now. */
    public record Reach(SortedSet<Subject> peers) implements Command {}

    /** As a connector: from where peers come, by subject. */
    public record Sighted(SortedMap<Subject, Sighting> peers) implements Command {
        public Sighted {
            peers = new TreeMap<>(peers);
        }
    }

    /** The machine holds the node's fabric address: datagrams can be sent. */
    public record Bindable(IpAddress address) implements Command {}

    private record GossipTick() implements Command {}

    private record LookAtUnderlay() implements Command {}

    private final NodeSettings settings;
    private final Identity identity;
    private final RecordFile file;
    private final OwnRecords own;
    private final OwnStatements said;
    private final StatusBoard board;
    private final Consumer<View> believed;
    private final InstantSource clock = InstantSource.system();
    private final RandomGenerator random = new SplittableRandom();
    private final Subject self;
    private final RecordVerifier verifier = new RecordVerifier();
    private final Doorkeeper doorkeeper = new Doorkeeper(verifier);
    private final Gossip gossip;
    private final Sync sync = new Sync();
    private final Set<Subject> reached = new HashSet<>();
    private int superseded;
    private View view;
    private @Nullable GossipSocket socket;

    private FabricActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RecordFile file,
            NodeSettings settings,
            Identity identity,
            StatusBoard board,
            Consumer<View> believed)
            throws IOException {
        super(context);
        this.settings = settings;
        this.identity = identity;
        this.board = board;
        this.believed = believed;
        this.self = identity.subject();
        this.file = file;
        var held = new RecordSet(file.load().records());
        this.own = OwnRecords.open(settings.dataDir().resolve("sequence"), identity, held);
        this.said = new OwnStatements(own, settings, self);
        this.gossip =
                new Gossip(Set.of(identity.signer().key()), held, verifier, GossipSettings.DEFAULT);
        this.view = View.of(held.statements(), identity.authority());
        timers.startTimerWithFixedDelay(new GossipTick(), GossipSettings.DEFAULT.tick());
        timers.startTimerWithFixedDelay(new LookAtUnderlay(), Duration.ZERO, UNDERLAY_POLL);
        turn(new Gossip.Published(identity.records()));
        believe();
    }

    /** Starts from the records on disk and those of the enrolment. */
    public static Behavior<Command> create(
            NodeSettings settings, Identity identity, StatusBoard board, Consumer<View> believed) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    var file =
                            RecordFile.open(
                                    settings.dataDir().resolve("records"),
                                    new SecureRandom(),
                                    new RecordVerifier());
                    try {
                        return new FabricActor(
                                context, timers, file, settings, identity, board, believed);
                    } catch (IOException | RuntimeException failed) {
                        file.close(); // or the next start would find it taken
                        throw failed;
                    }
                }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Incoming.class, this::onIncoming)
                .onMessage(GossipTick.class, _ -> turn(new Gossip.Tick()))
                .onMessage(Publish.class, publish -> turn(new Gossip.Published(publish.records())))
                .onMessage(Reach.class, this::onReach)
                .onMessage(Sighted.class, this::onSighted)
                .onMessage(Bindable.class, this::onBindable)
                .onMessage(LookAtUnderlay.class, _ -> onUnderlay())
                .onSignal(PreRestart.class, _ -> release())
                .onSignal(PostStop.class, _ -> release())
                .build();
    }

    private Behavior<Command> onBindable(Bindable bindable) throws IOException {
        if (socket == null) {
            var actor = getContext().getSelf();
            socket =
                    GossipSocket.open(
                            bindable.address(),
                            settings.controlPort(),
                            (from, datagram) -> actor.tell(new Incoming(from, datagram)));
        }
        return this;
    }

    private Behavior<Command> onReach(Reach reach) throws IOException {
        if (!reach.peers().equals(reached)) {
            reached.clear();
            reached.addAll(reach.peers());
            sync.keepOnly(reach.peers());
            return turn(new Gossip.Neighbours(reach.peers()));
        }
        return this;
    }

    private Behavior<Command> onIncoming(Incoming incoming) throws IOException {
        var admitted = doorkeeper.admit(view, incoming.from(), incoming.datagram());
        if (admitted == null) {
            return this;
        }
        sync.heard(admitted.from(), admitted.message(), clock.instant());
        return turn(new Gossip.Received(admitted.from(), admitted.message()));
    }

    private Behavior<Command> onUnderlay() throws IOException {
        return publish(said.endpoint(view, gossip.records()));
    }

    private Behavior<Command> onSighted(Sighted sighted) throws IOException {
        return publish(said.observations(view, gossip.records(), sighted.peers()));
    }

    private Behavior<Command> publish(List<SignedRecord> records) throws IOException {
        return records.isEmpty() ? this : turn(new Gossip.Published(records));
    }

    private Behavior<Command> turn(Gossip.Input input) throws IOException {
        if (take(input)) {
            believe();
        }
        leaveStatus();
        return this;
    }

    /** Does what gossip wants, and says whether other records are held now. */
    private boolean take(Gossip.Input input) throws IOException {
        boolean changed = false;
        for (var effect : gossip.on(input, clock.instant(), random)) {
            switch (effect) {
                case Gossip.Stored(var records) -> {
                    file.append(records);
                    changed = true;
                }
                case Gossip.Dropped(var records) -> {
                    file.drop(records);
                    changed = true;
                }
                case Gossip.Send(var to, var message) -> send(to, message);
                case Gossip.Refused(var from, var why, var detail) ->
                        LOG.debug("refused from {}: {} {}", from, why, detail);
                case Gossip.SelfAhead(_, var version) -> supersede(version);
            }
        }
        return changed;
    }

    /** Goes above what an earlier life of this node has said; a living twin is another matter. */
    private void supersede(Version seen) throws IOException {
        if (superseded++ < SUPERSEDE_MAX) {
            LOG.warn("superseding own records of version {}", seen);
            getContext().getSelf().tell(new Publish(own.supersede(gossip.records(), seen)));
        } else {
            LOG.error("duplicate identity: another node writes as this one");
        }
    }

    private void send(Subject to, GossipMessage message) {
        var grant = view.grant(to);
        if (socket != null && grant != null) {
            var datagram = SignedDatagram.seal(identity.signer(), message);
            socket.send(grant.says().fabricAddress(), datagram);
        }
    }

    /** Reads anew what can be believed, keeps its scopes, and tells. */
    private void believe() throws IOException {
        do {
            view = View.of(gossip.records().statements(), identity.authority());
        } while (take(new Gossip.Subscribed(view.subscriptions(self))));
        believed.accept(view);
    }

    private Behavior<Command> release() throws IOException {
        if (socket != null) {
            socket.close();
        }
        file.close();
        return this;
    }

    private List<Subject> cloud() {
        return view.grants().entrySet().stream()
                .filter(grant -> !grant.getValue().says().isEdge())
                .map(grant -> grant.getKey())
                .toList();
    }

    private void leaveStatus() {
        var digests = new TreeMap<Scope, String>();
        var records = gossip.records();
        records.scopes().forEach(scope -> digests.put(scope, records.digest(scope).hex()));
        var grant = view.grant(self);
        boolean endpoint = view.endpoint(self) != null;
        board.leave(
                new StatusBoard.Fabric(
                        grant == null ? null : grant.says(),
                        digests,
                        endpoint && sync.agrees(records),
                        sync.heardLately(cloud(), clock.instant())));
    }
}
