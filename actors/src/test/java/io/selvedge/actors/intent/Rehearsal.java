// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.cluster.Directory;
import io.selvedge.actors.community.CommunityEvent;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.MemoryAuthority.Faults;
import io.selvedge.actors.intent.MemoryAuthority.Journaled;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.actors.record.Writers;
import io.selvedge.actors.service.ServiceEvent;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Feeds wishes to all entities, as a source of intent does: again and again, until it is quiet. */
final class Rehearsal {
    private static final int PASSES_MAX = 20;

    final MemoryAuthority authority;
    private final Random random;
    private final List<Tell> said = new ArrayList<>();

    public Rehearsal(Random random) {
        this(random, new CheapSigner(Wishes.keys(99, 0).recordKey()));
    }

    Rehearsal(Random random, Signer signer) {
        this.random = random;
        this.authority = new MemoryAuthority("beijing", signer, random);
    }

    /** Under faults first, with old messages that arrive late; then until nothing is decided. */
    void fulfil(Wish wish, Faults faults) {
        var router = router(wish);
        authority.suffer(faults);
        for (int pass = 0; pass < 2; pass++) {
            for (int late = 0; late < Math.min(3, said.size()); late++) {
                authority.tell(said.get(random.nextInt(said.size())));
            }
            pass(router, wish);
        }
        authority.suffer(Faults.NONE);
        int before;
        int passes = 0;
        do {
            before = events();
            pass(router, wish);
            if (passes++ > PASSES_MAX) {
                throw new AssertionError("does not come to rest");
            }
        } while (events() > before);
    }

    /** Puts all entities back; whoever spoke to them before is gone with them. */
    void restore(Map<EntityId, List<Object>> journals) {
        authority.restore(journals);
        said.clear();
    }

    /** The same, to a backup. */
    void restore(List<Journaled> backup) {
        authority.restore(backup);
        said.clear();
    }

    /**
     * Reads the fabric's records back, before anything is wanted, until all took what is theirs.
     */
    void find(Writers writers, Collection<SignedRecord> held, Faults faults) {
        for (var now : List.of(faults, Faults.NONE, Faults.NONE)) {
            authority.suffer(now);
            IntentRouter.found(writers, held).forEach(authority::tell);
            authority.settle();
        }
    }

    int events() {
        return authority.journals().values().stream().mapToInt(List::size).sum();
    }

    static IntentRouter router(Wish wish) {
        var keys = new TreeMap<String, NodeKeys>();
        wish.registrations()
                .forEach((name, pair) ->
                        keys.put(name, new NodeKeys(pair.recordKey(), pair.ikeKey())));
        return new IntentRouter(wish.intent(), keys);
    }

    private void pass(IntentRouter router, Wish wish) {
        long basis =
                authority.directory().map(Directory::mandate).map(Mandate::revision).orElse(0L);
        var chance = new byte[32];
        random.nextBytes(chance);
        say(router.intend(basis, wish.localRoutes(), Bytes.of(chance)));
        authority.settle();
        authority
                .directory()
                .map(router::route)
                .ifPresent(routes -> routes.tells().forEach(this::say));
        authority.settle();
    }

    private void say(Tell tell) {
        said.add(tell);
        authority.tell(tell);
    }

    /** All that any entity ever published, by who did. */
    static Map<EntityId, List<SignedRecord>> published(Map<EntityId, List<Object>> journals) {
        var published = new TreeMap<EntityId, List<SignedRecord>>();
        journals.forEach((id, events) ->
                published.put(
                        id,
                        events.stream().map(Rehearsal::record).flatMap(Optional::stream).toList()));
        return published;
    }

    static List<SignedRecord> records(List<Journaled> history) {
        return history.stream()
                .map(Journaled::event)
                .map(Rehearsal::record)
                .flatMap(Optional::stream)
                .toList();
    }

    static List<SignedRecord> records(Map<EntityId, List<Object>> journals) {
        return published(journals).values().stream().flatMap(List::stream).toList();
    }

    static List<Statement> statements(List<SignedRecord> records) {
        return records.stream().map(record -> record.statement().orElseThrow()).toList();
    }

    private static Optional<SignedRecord> record(Object event) {
        return switch (event) {
            case ClusterEvent.Published(var record) -> Optional.of(record);
            case NodeEvent.Published(var record) -> Optional.of(record);
            case CommunityEvent.Published(var record) -> Optional.of(record);
            case ServiceEvent.Published(var record) -> Optional.of(record);
            default -> Optional.empty();
        };
    }
}
