// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import static io.selvedge.actors.intent.Published.alive;
import static io.selvedge.actors.intent.Published.assertNoTwoShare;
import static io.selvedge.actors.intent.Published.assertNothingRegresses;
import static io.selvedge.actors.intent.Published.newest;
import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.cluster.Directory;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.intent.MemoryAuthority.Faults;
import io.selvedge.actors.intent.MemoryAuthority.Journaled;
import io.selvedge.actors.record.Writers;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.model.Header;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.Payload.TrustBundle;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** An authority that lost its journal, or the end of it, goes on as if it had not. */
class BackupProperties {
    private static final int TRIES = 100;
    private static final int STEPS = 6;
    private static final RecordKey AUTHORITY = Wishes.keys(99, 0).recordKey();
    private static final RecordKey NEXT = Wishes.keys(98, 0).recordKey();
    private static final RecordKey ROOT = Wishes.keys(97, 0).recordKey();

    /** Any beginning of the journal is a backup; the fabric holds all that was published since. */
    @Property(tries = TRIES)
    void aBackupOfAnyMomentRegressesNothing(@ForAll long seed) {
        var random = new Random(seed);
        var life = new Life(random);
        var history = life.rehearsal.authority.history();
        var backup = history.subList(0, random.nextInt(history.size() + 1));
        var before = view(life.held());

        life.rehearsal.restore(imported(backup));
        life.find(faults(random));
        life.rehearsal.fulfil(life.last, faults(random));

        var after = life.rehearsal.authority.history();
        var more = Rehearsal.records(after.subList(imported(backup).size(), after.size()));
        assertNothingRegresses(life.held(), more);
        var all = life.and(more);
        assertThat(grants(view(all)))
                .as("seed %d, problems %s", seed, life.rehearsal.authority.problems())
                .containsExactlyEntriesOf(grants(before));
        assertThat(revoked(view(all))).isEqualTo(revoked(before));
        assertThat(backup.isEmpty() || epoch(after) > epoch(history)).as("a new epoch").isTrue();
    }

    @Property(tries = TRIES)
    void anAuthorityRebuiltFromRecordsGoesOnAsItWas(@ForAll long seed) {
        var random = new Random(seed);
        var life = new Life(random);
        var before = view(life.held());

        var rebuilt = Rebuilt.of("beijing", AUTHORITY, AUTHORITY, life.held());
        life.rehearsal.restore(rebuilt.history());
        life.rehearsal.fulfil(life.last, faults(random));

        var more = Rehearsal.records(life.rehearsal.authority.history());
        assertNothingRegresses(life.held(), more);
        assertThat(more).allMatch(record -> record.version().epoch() == rebuilt.epoch());
        var after = view(life.and(more));
        assertThat(grants(after)).as("seed %d", seed).isEqualTo(grants(before));
        assertThat(settings(after)).isEqualTo(settings(before));
        assertThat(after.communities().keySet()).isEqualTo(before.communities().keySet());
        assertThat(revoked(after)).isEqualTo(revoked(before));
    }

    /** The journal ends anywhere, also between two steps of one wish. */
    @Property(tries = TRIES)
    void anAuthorityLostAtAnyMomentGivesNothingTwice(@ForAll long seed) {
        var random = new Random(seed);
        var life = new Life(random);
        var history = life.rehearsal.authority.history();
        var lived =
                history.subList(
                        0, first(history) + random.nextInt(history.size() - first(history)) + 1);
        var held = Rehearsal.records(lived);

        var rebuilt = Rebuilt.of("beijing", AUTHORITY, AUTHORITY, held);
        life.rehearsal.restore(rebuilt.history());
        life.rehearsal.fulfil(Pools.in(Wishes.draw(random).wish(), random), faults(random));
        life.rehearsal.fulfil(Pools.in(Wishes.draw(random).wish(), random), faults(random));

        var more = Rehearsal.records(life.rehearsal.authority.history());
        assertNothingRegresses(held, more);
        var all = new ArrayList<>(held);
        all.addAll(more);
        assertNoTwoShare(alive(all));
        var addresses = new TreeMap<Object, Subject>();
        for (var said : Rehearsal.statements(all)) {
            if (said.payload() instanceof NodeGrant grant) {
                var subject = said.header().subject();
                assertThat(addresses.merge(grant.fabricAddress(), subject, (one, _) -> one))
                        .as("seed %d: nobody gets the address of another, ever", seed)
                        .isEqualTo(subject);
            }
        }
    }

    /** The key is lost with the journal: the root names another, and later revokes the first. */
    @Property(tries = TRIES)
    void anAuthorityWithANewKeySaysTheSame(@ForAll long seed) {
        var random = new Random(seed);
        var life = new Life(random);
        var old = new TrustBundle.Authority(AUTHORITY, new Limits.Everything());
        var next = new TrustBundle.Authority(NEXT, new Limits.Everything());
        var first = root(1, new TrustBundle(List.of(old)));
        var before = view(life.held(), first);

        var rebuilt = Rebuilt.of("beijing", ROOT, AUTHORITY, withTrust(life.held(), first));
        var again = new Rehearsal(random, new CheapSigner(NEXT));
        again.restore(rebuilt.history());
        again.fulfil(life.last, faults(random));

        var more = Rehearsal.records(again.authority.history());
        assertThat(more).allMatch(record -> record.header().writer().equals(NEXT));
        var all = life.and(more);
        var both = root(2, new TrustBundle(List.of(old, next)));
        assertThat(grants(view(all, both))).as("both listed").isEqualTo(grants(before));
        var fallen = root(1, new Revocation(AUTHORITY, "its key is lost"));
        var after = view(all, both, fallen);
        assertThat(grants(after)).as("the first revoked").isEqualTo(grants(before));
        assertThat(settings(after)).isEqualTo(settings(before));
        assertThat(revoked(after)).containsAll(revoked(before)).contains(AUTHORITY);
    }

    /** Wishes that came true under faults, one after the other. */
    private static final class Life {
        final Rehearsal rehearsal;
        final Wish last;
        private final List<SignedRecord> held;

        Life(Random random) {
            rehearsal = new Rehearsal(random);
            var wish = Wishes.draw(random).wish();
            for (int step = 0; step < STEPS; step++) {
                wish = Wishes.draw(random).wish();
                rehearsal.fulfil(wish, faults(random));
            }
            last = wish;
            held = Rehearsal.records(rehearsal.authority.history());
        }

        /** Again while anybody learns, for then more is known of who wrote what. */
        void find(Faults faults) {
            int before;
            do {
                before = rehearsal.events();
                var writers =
                        rehearsal
                                .authority
                                .directory()
                                .map(Directory::writers)
                                .orElse(new Writers("beijing"));
                rehearsal.find(writers, newest(held), faults);
            } while (rehearsal.events() > before);
        }

        List<SignedRecord> held() {
            return held;
        }

        List<SignedRecord> and(Collection<SignedRecord> more) {
            var all = new ArrayList<>(held);
            all.addAll(more);
            return all;
        }
    }

    private static Faults faults(Random random) {
        return random.nextBoolean()
                ? Faults.NONE
                : new Faults(
                        random.nextDouble() * 0.3,
                        random.nextDouble() * 0.3,
                        random.nextDouble() * 0.3);
    }

    /** As {@code NewEpoch} has it. */
    private static List<Journaled> imported(List<Journaled> backup) {
        var imported = new ArrayList<>(backup);
        if (!backup.isEmpty()) {
            var cluster = new EntityId(EntityKind.CLUSTER, "beijing");
            imported.add(new Journaled(cluster, new ClusterEvent.EpochBegun(epoch(backup) + 1)));
        }
        return imported;
    }

    /** Where the settings are published: before that there is no fabric. */
    private static int first(List<Journaled> history) {
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).event() instanceof ClusterEvent.Published) {
                return i;
            }
        }
        throw new AssertionError("never published");
    }

    private static long epoch(List<Journaled> history) {
        return history.stream()
                .mapToLong(each ->
                        switch (each.event()) {
                            case ClusterEvent.Created created -> created.epoch();
                            case ClusterEvent.EpochBegun(var epoch) -> epoch;
                            default -> 0;
                        })
                .max()
                .orElse(0);
    }

    private static SortedMap<Subject, NodeGrant> grants(View view) {
        var grants = new TreeMap<Subject, NodeGrant>();
        view.grants().forEach((subject, grant) -> grants.put(subject, grant.says()));
        return grants;
    }

    /** Of a connector that was never granted anything, nobody knows more than its place. */
    private static FabricSettings settings(View view) {
        var says = Objects.requireNonNull(view.settings()).says();
        var granted = new TreeMap<>(says.connectors());
        granted.keySet().removeIf(connector -> view.grant(connector) == null);
        return new FabricSettings(
                says.cluster(),
                says.clusterCidrs(),
                says.serviceCidrs(),
                says.fabricCidr(),
                granted,
                says.mtu(),
                says.lanKey());
    }

    private static SortedSet<RecordKey> revoked(View view) {
        var keys = new TreeSet<>(List.of(AUTHORITY, NEXT));
        for (int node = 0; node < 6; node++) {
            for (int generation = 0; generation < 3; generation++) {
                keys.add(Wishes.keys(node, generation).recordKey());
            }
        }
        keys.removeIf(key -> !view.isRevoked(key));
        return keys;
    }

    private static View view(Collection<SignedRecord> records) {
        return View.of(Rehearsal.statements(List.copyOf(newest(List.copyOf(records)))), AUTHORITY);
    }

    private static View view(List<SignedRecord> records, Statement... trust) {
        var said = new ArrayList<>(Rehearsal.statements(List.copyOf(newest(records))));
        said.addAll(List.of(trust));
        return View.of(said, ROOT);
    }

    private static List<SignedRecord> withTrust(List<SignedRecord> held, Statement trust) {
        var all = new ArrayList<>(held);
        all.add(new CheapSigner(ROOT).sign(trust.header(), trust.payload()));
        return all;
    }

    private static Statement root(long number, io.selvedge.model.Payload says) {
        var subject = new Subject("beijing", "root");
        return new Statement(
                new Header(says.type(), subject, ROOT, new Scope.Fabric(), new Version(1, number)),
                says);
    }
}
