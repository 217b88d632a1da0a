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
import io.selvedge.fabric.FabricNode;
import io.selvedge.fabric.GossipSettings;
import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.Sighting;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.node.Identity;
import io.selvedge.node.NodeSettings;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.node.store.RecordFile;
import io.selvedge.node.store.SequenceFile;
import java.io.IOException;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell around {@link FabricNode}: feeds it what happens, does its effects in their order (disk
 * before wire), and tells what is believed whenever that changes. A disk that fails restarts it.
 */
public final class FabricActor extends AbstractBehavior<FabricActor.Command> {
    private static final Duration UNDERLAY_POLL = Duration.ofSeconds(1);

    /** Long enough for a connector's random choice of neighbours to fall on this node. */
    private static final Duration LATELY = Duration.ofSeconds(30);

    /** Who announces on a LAN is not proven: all of them are one sender. */
    private static final String LAN = "lan";

    private static final Logger LOG = LoggerFactory.getLogger(FabricActor.class);

    public sealed interface Command {}

    /** A datagram from a fabric address. */
    record Incoming(IpAddress from, Bytes datagram) implements Command {}

    /** What somebody on the LAN announced. */
    private record Overheard(Bytes announcement) implements Command {}

    /** Records that the authority on this node has published. */
    public record Publish(Collection<SignedRecord> records) implements Command {}

    /** Asks for what is held that was written with a key. */
    public record Give(RecordKey writer, CompletableFuture<List<SignedRecord>> answer)
            implements Command {}

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
    private final Subject self;
    private final RecordFile file;
    private final SequenceFile versions;
    private final StatusBoard board;
    private final Consumer<View> believed;
    private final BiConsumer<String, String> refused;
    private final InstantSource clock = InstantSource.system();
    private final RandomGenerator random = new SplittableRandom();
    private final UnderlayAddresses underlay;
    private final FabricNode node;
    private final Lan lan;
    private final Inbox<IpAddress> datagrams = new Inbox<>();
    private final Inbox<String> announcements = new Inbox<>();
    private @Nullable GossipSocket socket;

    private FabricActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RecordFile file,
            NodeSettings settings,
            Identity identity,
            StatusBoard board,
            Consumer<View> believed,
            BiConsumer<String, String> refused)
            throws IOException {
        super(context);
        this.settings = settings;
        this.board = board;
        this.believed = believed;
        this.refused = refused;
        this.self = identity.subject();
        this.file = file;
        this.versions = SequenceFile.open(settings.dataDir().resolve("sequence"));
        var actor = context.getSelf();
        this.lan =
                new Lan(
                        settings,
                        announcement -> {
                            if (announcements.enter(LAN, announcement.size())) {
                                actor.tell(new Overheard(announcement));
                            }
                        });
        this.underlay = UnderlayAddresses.besides(settings);
        this.node =
                new FabricNode(
                        new FabricNode.Self(self, identity.signer(), identity.root()),
                        held(file),
                        versions.reserved(),
                        new RecordVerifier(),
                        GossipSettings.DEFAULT);
        timers.startTimerWithFixedDelay(new GossipTick(), GossipSettings.DEFAULT.tick());
        timers.startTimerWithFixedDelay(new LookAtUnderlay(), Duration.ZERO, UNDERLAY_POLL);
        perform(node.start(identity.records(), clock.instant(), random));
    }

    /**
     * Starts from the records on disk and those of the enrolment.
     *
     * @param refused told who sent what was not taken in, and why; must not block
     */
    public static Behavior<Command> create(
            NodeSettings settings,
            Identity identity,
            StatusBoard board,
            Consumer<View> believed,
            BiConsumer<String, String> refused) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    var file =
                            RecordFile.open(
                                    settings.dataDir().resolve("records"),
                                    new SecureRandom(),
                                    new RecordVerifier());
                    try {
                        return new FabricActor(
                                context, timers, file, settings, identity, board, believed,
                                refused);
                    } catch (IOException | RuntimeException failed) {
                        file.close(); // or the next start would find it taken
                        throw failed;
                    }
                }));
    }

    /** An index of what the file holds; the bodies stay there. */
    private static RecordSet held(RecordFile file) {
        var loaded = file.load();
        if (loaded.found().damaged()) {
            LOG.warn(
                    "records on disk were broken and may be missing until gossip brings them"
                            + " again; copies kept: {}",
                    loaded.found().keptAside());
        }
        var held = new RecordSet(file);
        loaded.records().forEach(held::merge);
        held.settle();
        return held;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Incoming.class, this::onDatagram)
                .onMessage(Overheard.class, this::onAnnouncement)
                .onMessage(GossipTick.class, _ -> onTick())
                .onMessage(
                        Publish.class, publish -> turn(new FabricNode.Published(publish.records())))
                .onMessage(Give.class, this::onGive)
                .onMessage(Reach.class, reach -> turn(new FabricNode.Reached(reach.peers())))
                .onMessage(Sighted.class, seen -> turn(new FabricNode.Sighted(seen.peers())))
                .onMessage(Bindable.class, this::onBindable)
                .onMessage(LookAtUnderlay.class, _ -> onUnderlay())
                .onSignal(PreRestart.class, _ -> release())
                .onSignal(PostStop.class, _ -> release())
                .build();
    }

    private Behavior<Command> onGive(Give give) {
        give.answer().complete(node.records().recordsOf(give.writer()));
        return this;
    }

    private Behavior<Command> onBindable(Bindable bindable) throws IOException {
        if (socket == null) {
            var actor = getContext().getSelf();
            socket =
                    GossipSocket.open(
                            bindable.address(),
                            settings.controlPort(),
                            "gossip-socket",
                            (from, datagram) -> {
                                if (datagrams.enter(from, datagram.size())) {
                                    actor.tell(new Incoming(from, datagram));
                                }
                            });
        }
        return this;
    }

    private Behavior<Command> onDatagram(Incoming in) throws IOException {
        datagrams.leave(in.from(), in.datagram().size());
        return turn(new FabricNode.Datagram(in.from(), in.datagram()));
    }

    private Behavior<Command> onAnnouncement(Overheard heard) throws IOException {
        announcements.leave(LAN, heard.announcement().size());
        return turn(new FabricNode.Overheard(heard.announcement()));
    }

    private Behavior<Command> onTick() throws IOException {
        int overrun = datagrams.takeOverrun() + announcements.takeOverrun();
        if (overrun > 0) {
            turn(new FabricNode.Overrun(overrun));
        }
        turn(new FabricNode.Tick());
        leaveStatus();
        return this;
    }

    private Behavior<Command> onUnderlay() throws IOException {
        lan.look();
        List<IpAddress> addresses;
        try {
            addresses = underlay.now();
        } catch (SocketException inFlux) {
            LOG.atDebug().setCause(inFlux).log("underlay addresses not read; they are, soon");
            return this;
        }
        return turn(new FabricNode.Underlay(addresses));
    }

    private Behavior<Command> turn(FabricNode.Input input) throws IOException {
        perform(node.on(input, clock.instant(), random));
        return this;
    }

    private void perform(List<FabricNode.Effect> effects) throws IOException {
        for (var effect : effects) {
            switch (effect) {
                case FabricNode.Reserve(var upTo) -> versions.reserve(upTo);
                case FabricNode.Store(var records) -> file.append(records);
                case FabricNode.Forget(var records) -> file.drop(records);
                case FabricNode.Send(var to, var datagram) -> send(to, datagram);
                case FabricNode.Announce(var announcement) -> lan.announce(announcement);
                case FabricNode.Believe(var view) -> {
                    believe(view);
                    leaveStatus();
                }
                case FabricNode.Refused(var from, var cause, var detail) -> {
                    LOG.atDebug().addKeyValue("from", from).log("refused, {}: {}", cause, detail);
                    refused.accept(from, cause + ": " + detail);
                }
                case FabricNode.DuplicateIdentity(var seen) ->
                        LOG.error(
                                "duplicate identity: another node writes with this node's key, last"
                                        + " version {}; stop it, or enrol one of the two again",
                                seen);
            }
        }
        node.settle();
    }

    private void believe(View view) {
        lan.believe(view);
        believed.accept(view);
    }

    private void send(IpAddress to, Bytes datagram) {
        if (socket != null) {
            socket.send(to, datagram);
        }
    }

    private Behavior<Command> release() throws IOException {
        if (socket != null) {
            socket.close();
        }
        lan.close();
        file.close();
        return this;
    }

    private boolean heardLately(Instant now) {
        return cloud().stream()
                .map(node::heardFrom)
                .anyMatch(at -> at != null && Duration.between(at, now).compareTo(LATELY) < 0);
    }

    private List<Subject> cloud() {
        return node.view().grants().entrySet().stream()
                .filter(grant -> !grant.getValue().says().isEdge())
                .map(grant -> grant.getKey())
                .toList();
    }

    private void leaveStatus() {
        var digests = new TreeMap<Scope, String>();
        var records = node.records();
        records.scopes().forEach(scope -> digests.put(scope, records.digest(scope).hex()));
        var grant = node.view().grant(self);
        boolean endpoint = node.view().endpoint(self) != null;
        board.leave(
                new StatusBoard.Fabric(
                        grant == null ? null : grant.says(),
                        digests,
                        endpoint && node.agrees(),
                        heardLately(clock.instant()),
                        node.refusals()));
    }
}
