// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.selvedge.model.Cidr;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.node.driver.ipsec.OwnIkeKey;
import io.selvedge.paths.Association;
import io.selvedge.plan.Diff;
import io.selvedge.plan.IpsecResource;
import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.plan.IpsecResource.OwnKey;
import io.selvedge.plan.Planned;
import io.selvedge.plan.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** What every IPsec backend does alike, told between two nodes, {@code left} and {@code right}. */
public abstract class IpsecBackendContract {
    protected static final OwnIkeKey LEFT_KEY = newKey();
    protected static final OwnIkeKey RIGHT_KEY = newKey();
    private static final IkeKey STRANGER = newKey().publicKey();
    private static final SortedSet<Cidr> LEFT = cidrs("10.50.1.0/24", "100.71.0.1/32");
    private static final SortedSet<Cidr> RIGHT = cidrs("10.50.2.0/24", "100.71.0.2/32");

    /** Both nodes hold the first address of each of their selectors. */
    protected abstract IpsecBackend left();

    protected abstract IpsecBackend right();

    /** Another backend on the daemon that runs, as after the JVM started anew. */
    protected abstract IpsecBackend leftReopened() throws IOException;

    protected abstract void loadForeignConnection(String name) throws IOException;

    protected abstract List<String> foreignConnections() throws IOException;

    protected abstract void killLeftDaemon() throws IOException;

    protected abstract void cut() throws IOException;

    protected abstract void heal() throws IOException;

    protected abstract IpAddress rightAddress();

    @Test
    void whatWasAppliedIsObserved() throws IOException {
        apply(left(), LEFT_KEY.publicKey(), leftToRight());

        assertThat(left().observe())
                .containsExactly(leftToRight().key(), new OwnKey(LEFT_KEY.publicKey()).key());
        assertThat(diff(left(), LEFT_KEY.publicKey(), leftToRight()).isEmpty()).isTrue();

        apply(left(), LEFT_KEY.publicKey());
        assertThat(left().observe()).containsExactly(new OwnKey(LEFT_KEY.publicKey()).key());

        left().apply(Diff.between(left().observe(), new TreeMap<>()));
        assertThat(left().observe()).isEmpty();
    }

    @Test
    void connectionsThatAreNotOursAreLeftAlone() throws IOException {
        loadForeignConnection("office");
        apply(left(), LEFT_KEY.publicKey(), leftToRight());
        left().apply(Diff.between(left().observe(), new TreeMap<>()));

        assertThat(left().observe()).isEmpty();
        assertThat(foreignConnections()).containsExactly("office");
    }

    @Test
    void oneRefusedResourceDoesNotHinderTheOthers() {
        var unknownKey = new OwnKey(STRANGER);

        assertThatThrownBy(
                        () -> {
                            var desired = desired(LEFT_KEY.publicKey(), leftToRight());
                            desired.put(unknownKey.key(), planned(unknownKey));
                            left().apply(Diff.between(left().observe(), desired));
                        })
                .isInstanceOf(IOException.class)
                .hasMessageContaining(unknownKey.key());
        untilAsserted(() -> assertThat(left().observe()).hasSize(2));
    }

    @Test
    void bothEndsStandAfterOneInitiated() throws IOException {
        var leftChanges = new AtomicInteger();
        var rightChanges = new AtomicInteger();
        left().onChange(leftChanges::incrementAndGet);
        right().onChange(rightChanges::incrementAndGet);

        connect();

        var left = left().associations().getFirst();
        var right = right().associations().getFirst();
        assertThat(left.connection()).isEqualTo(leftToRight().name());
        assertThat(right.connection()).isEqualTo(rightToLeft(LEFT_KEY.publicKey()).name());
        assertThat(left.remoteId()).isEqualTo("right");
        assertThat(left.initiator()).isTrue();
        assertThat(right.initiator()).isFalse();
        assertThat(left.remoteAddress()).isEqualTo(rightAddress());
        assertThat(left.children().getFirst().name()).isEqualTo(leftToRight().child());
        assertThat(left.children().getFirst().spiIn())
                .isEqualTo(right.children().getFirst().spiOut());
        untilAsserted(() -> assertThat(leftChanges).hasPositiveValue());
        untilAsserted(() -> assertThat(rightChanges).hasPositiveValue());

        left().initiate(leftToRight());
        untilAsserted(() -> assertStands(right()));
        assertThat(left().associations()).hasSize(1);
    }

    @Test
    void aPeerWithAnotherKeyIsRefused() throws IOException {
        apply(left(), LEFT_KEY.publicKey(), leftToRight());
        apply(right(), RIGHT_KEY.publicKey(), rightToLeft(STRANGER));

        left().initiate(leftToRight());

        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> noneStands(left()) && noneStands(right()));
        untilAsserted(() -> assertThat(left().associations()).isEmpty());

        apply(right(), RIGHT_KEY.publicKey(), rightToLeft(LEFT_KEY.publicKey()));
        left().initiate(leftToRight());
        untilAsserted(() -> assertStands(left()));
    }

    @Test
    void removingAConnectionEndsNoAssociation() throws IOException {
        connect();
        long id = left().associations().getFirst().id();

        apply(left(), LEFT_KEY.publicKey());
        apply(right(), RIGHT_KEY.publicKey());

        assertStands(left());
        assertStands(right());
        assertThat(left().associations().getFirst().id()).isEqualTo(id);
    }

    @Test
    void terminatingNeedsNoPeer() throws IOException {
        connect();
        long id = left().associations().getFirst().id();
        cut();
        try {
            long start = System.nanoTime();
            left().terminate(id);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofMillis(500));
            assertThat(left().associations()).isEmpty();
            left().terminate(id);

            left().initiate(leftToRight());
            untilAsserted(() -> assertConnecting(left()));
            left().initiate(leftToRight());
            assertThat(left().associations()).hasSize(1);
        } finally {
            heal();
        }
        untilAsserted(() -> assertStands(left()));
    }

    @Test
    void terminatingTellsThePeer() throws IOException {
        connect();

        left().terminate(left().associations().getFirst().id());

        untilAsserted(() -> assertThat(right().associations()).isEmpty());
    }

    @Test
    void aSecondBackendFindsAllAsItIs() throws IOException {
        connect();
        var before = left().associations().getFirst();

        var reopened = leftReopened();

        assertThat(diff(reopened, LEFT_KEY.publicKey(), leftToRight()).isEmpty()).isTrue();
        var after = reopened.associations().getFirst();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.children().getFirst().spiIn())
                .isEqualTo(before.children().getFirst().spiIn());
    }

    @Test
    void aDaemonThatDiedIsBackAndEmpty() throws IOException {
        connect();

        killLeftDaemon();

        assertThat(left().observe()).isEmpty();
        assertThat(left().associations()).isEmpty();
        apply(left(), LEFT_KEY.publicKey(), leftToRight());
        left().initiate(leftToRight());
        untilAsserted(() -> assertStands(left()));
    }

    @Test
    void aNarrowedChildDoesNotCountAndIsReplaced() throws IOException {
        var part = cidrs("10.50.2.1/32");
        apply(left(), LEFT_KEY.publicKey(), leftToRight());
        apply(
                right(),
                RIGHT_KEY.publicKey(),
                connection("right", RIGHT_KEY, "left", LEFT_KEY.publicKey(), false, part, LEFT));
        left().initiate(leftToRight());
        untilAsserted(() -> assertThat(noneStands(left())).isFalse());
        assertThat(left().associations().getFirst().children()).as("narrowed").isEmpty();

        apply(right(), RIGHT_KEY.publicKey(), rightToLeft(LEFT_KEY.publicKey()));
        left().initiate(leftToRight());

        untilAsserted(() -> assertStands(left()));
        untilAsserted(() -> assertStands(right()));
    }

    @Test
    void disjointSelectorsLeaveNothingInTheWay() throws IOException {
        var other = cidrs("100.71.0.2/32");
        var mine = cidrs("10.50.1.0/24");
        var theirs = cidrs("10.50.2.0/24");
        var out = connection("left", LEFT_KEY, "right", RIGHT_KEY.publicKey(), true, mine, theirs);
        var old = connection("right", RIGHT_KEY, "left", LEFT_KEY.publicKey(), false, other, mine);
        var in = connection("right", RIGHT_KEY, "left", LEFT_KEY.publicKey(), false, theirs, mine);
        apply(left(), LEFT_KEY.publicKey(), out);
        apply(right(), RIGHT_KEY.publicKey(), old);
        left().initiate(out);

        apply(right(), RIGHT_KEY.publicKey(), in);

        untilAsserted(() -> {
            left().initiate(out);
            assertStands(left());
            assertStands(right());
        });
    }

    @Test
    void aNewConnectionStandsBesideTheOldOne() throws IOException {
        connect();
        var wider = cidrs("10.50.0.0/16", "100.71.0.0/16");
        var out = connection("left", LEFT_KEY, "right", RIGHT_KEY.publicKey(), true, LEFT, wider);
        var in = connection("right", RIGHT_KEY, "left", LEFT_KEY.publicKey(), false, wider, LEFT);
        apply(left(), LEFT_KEY.publicKey(), out);
        apply(right(), RIGHT_KEY.publicKey(), in);

        left().initiate(out);

        untilAsserted(() ->
                assertThat(left().associations())
                        .filteredOn(association -> !association.children().isEmpty())
                        .extracting(Association::connection)
                        .containsExactlyInAnyOrder(leftToRight().name(), out.name()));
        var old =
                left().associations().stream()
                        .filter(a -> a.connection().equals(leftToRight().name()))
                        .findFirst()
                        .orElseThrow();
        left().terminate(old.id());
        untilAsserted(() ->
                assertThat(right().associations())
                        .extracting(Association::connection)
                        .containsExactly(in.name()));
        assertStands(left());
    }

    protected final void connect() throws IOException {
        apply(left(), LEFT_KEY.publicKey(), leftToRight());
        apply(right(), RIGHT_KEY.publicKey(), rightToLeft(LEFT_KEY.publicKey()));
        left().initiate(leftToRight());
        untilAsserted(() -> assertStands(left()));
        untilAsserted(() -> assertStands(right()));
    }

    private static void assertStands(IpsecBackend backend) throws IOException {
        assertThat(backend.associations())
                .singleElement()
                .returns(Association.State.ESTABLISHED, Association::state)
                .satisfies(association -> assertThat(association.children()).hasSize(1));
    }

    private static void assertConnecting(IpsecBackend backend) throws IOException {
        assertThat(backend.associations())
                .singleElement()
                .returns(Association.State.CONNECTING, Association::state)
                .returns(Duration.ZERO, Association::age)
                .returns(List.of(), Association::children);
    }

    private static boolean noneStands(IpsecBackend backend) throws IOException {
        return backend.associations().stream()
                .allMatch(association -> association.state() != Association.State.ESTABLISHED);
    }

    private static void untilAsserted(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(15))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    protected final Connection leftToRight() {
        return connection("left", LEFT_KEY, "right", RIGHT_KEY.publicKey(), true, LEFT, RIGHT);
    }

    private Connection rightToLeft(IkeKey key) {
        return connection("right", RIGHT_KEY, "left", key, false, RIGHT, LEFT);
    }

    private Connection connection(
            String localId,
            OwnIkeKey localKey,
            String remoteId,
            IkeKey remoteKey,
            boolean initiator,
            SortedSet<Cidr> local,
            SortedSet<Cidr> remote) {
        return new Connection(
                localId,
                localKey.publicKey(),
                remoteId,
                remoteKey,
                initiator ? List.of(rightAddress()) : List.of(),
                500,
                initiator,
                local,
                remote);
    }

    private static Diff<IpsecResource> diff(
            IpsecBackend backend, IkeKey key, Connection... connections) throws IOException {
        return Diff.between(backend.observe(), desired(key, connections));
    }

    private static void apply(IpsecBackend backend, IkeKey key, Connection... connections)
            throws IOException {
        backend.apply(diff(backend, key, connections));
        assertThat(diff(backend, key, connections).isEmpty()).isTrue();
    }

    private static SortedMap<String, Planned<IpsecResource>> desired(
            IkeKey key, Connection... connections) {
        var desired = new TreeMap<String, Planned<IpsecResource>>();
        desired.put(new OwnKey(key).key(), planned(new OwnKey(key)));
        for (var connection : connections) {
            desired.put(connection.key(), planned(connection));
        }
        return desired;
    }

    private static Planned<IpsecResource> planned(IpsecResource resource) {
        return new Planned<>(resource, new Reason("the contract", List.of()));
    }

    private static SortedSet<Cidr> cidrs(String... texts) {
        var cidrs = new TreeSet<Cidr>();
        for (String text : texts) {
            cidrs.add(Cidr.parse(text));
        }
        return cidrs;
    }

    private static OwnIkeKey newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return OwnIkeKey.of(generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
