// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static io.selvedge.fabric.Statements.FABRIC;
import static io.selvedge.fabric.Statements.FIRST;
import static io.selvedge.fabric.Statements.OTHER_PLANT;
import static io.selvedge.fabric.Statements.PLANT;
import static io.selvedge.fabric.Statements.ROOT;
import static io.selvedge.fabric.Statements.SECOND;
import static io.selvedge.fabric.Statements.grant;
import static io.selvedge.fabric.Statements.granted;
import static io.selvedge.fabric.Statements.key;
import static io.selvedge.fabric.Statements.node;
import static io.selvedge.fabric.Statements.revoked;
import static io.selvedge.fabric.Statements.said;
import static io.selvedge.fabric.Statements.scope;
import static io.selvedge.fabric.Statements.trusted;
import static io.selvedge.fabric.Statements.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ViewTest {
    private static final Statement ALL = trusted(FIRST, SECOND, PLANT, OTHER_PLANT);
    private static final Subject SETTINGS = new Subject("beijing", "fabric");
    private static final Subject LINE = new Subject("beijing", "community:line");
    private static final Scope OF_LINE = new Scope.OfCommunity("line");

    @Test
    void onlyTheRootSaysWhomToTrust() {
        assertThat(view(granted(FIRST, 1)).grants()).isEmpty();
        assertThat(view(granted(ROOT, 1)).grants()).containsOnlyKeys(node(1));
        assertThat(view(trusted(FIRST), granted(FIRST, 1)).grants()).containsOnlyKeys(node(1));
        var byAuthority = said(FIRST, node(9), FABRIC, Statements.trust(SECOND));
        assertThat(view(trusted(FIRST), byAuthority, granted(SECOND, 1)).grants()).isEmpty();
        var newer = said(ROOT, node(9), FABRIC, 2, 0, Statements.trust(SECOND));
        assertThat(view(trusted(FIRST), newer, granted(FIRST, 1), granted(SECOND, 2)).grants())
                .as("the newer bundle")
                .containsOnlyKeys(node(2));
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of("within", grant(2), true),
                Arguments.of("another's address", grant(2, 17, 2, 2), false),
                Arguments.of("another's pods", grant(2, 2, 17, 2), false),
                Arguments.of("another's site", site(grant(2), "other"), false),
                Arguments.of("a cloud node", roles(grant(2), Role.CLOUD), false),
                Arguments.of("an edge that relays", roles(grant(2), Role.CONNECTOR), false),
                Arguments.of("an authority's key", grant(2, 2, 2, 1_000_001), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void aSiteAuthorityGrantsWithinItsLimits(String what, NodeGrant grant, boolean believed) {
        var view = view(ALL, granted(PLANT, 2, grant));

        assertThat(view.grant(node(2)) != null).as(what).isEqualTo(believed);
    }

    @Test
    void aSiteAuthoritySaysNothingElse() {
        var settings = said(PLANT, SETTINGS, FABRIC, Statements.settings("beijing"));
        var line = said(PLANT, LINE, OF_LINE, Statements.line(1));

        var view = view(ALL, settings, line);

        assertThat(view.settings()).isNull();
        assertThat(view.communities()).isEmpty();
    }

    static Stream<Arguments> precedence() {
        return Stream.of(
                Arguments.of(List.of(PLANT, FIRST, ROOT), ROOT),
                Arguments.of(List.of(PLANT, SECOND, FIRST), FIRST),
                Arguments.of(List.of(PLANT, SECOND), SECOND),
                Arguments.of(List.of(PLANT), PLANT));
    }

    @ParameterizedTest
    @MethodSource("precedence")
    void theHigherRankCounts(List<RecordKey> writers, RecordKey first) {
        var statements = new ArrayList<>(List.of(ALL));
        for (var writer : writers) {
            var grant = grant(2, 2, 2, writer.equals(first) ? 2 : 3);
            statements.add(said(writer, node(2), scope(2), 9 - statements.size(), 0, grant));
        }

        assertThat(View.of(statements, ROOT).writerOf(key(2))).isEqualTo(node(2));
    }

    static Stream<Arguments> revocations() {
        return Stream.of(
                Arguments.of("by the root", ROOT, key(2), true),
                Arguments.of("by an authority", FIRST, key(2), true),
                Arguments.of("by the site's authority", PLANT, key(2), true),
                Arguments.of("by another site's authority", OTHER_PLANT, key(2), false),
                Arguments.of("by a stranger", key(77), key(2), false),
                Arguments.of("of the authority, by another", SECOND, FIRST, true),
                Arguments.of("of an authority, by a site's", PLANT, FIRST, false),
                Arguments.of("of the root", FIRST, ROOT, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("revocations")
    void aRevocationCountsWithinLimits(String what, RecordKey by, RecordKey key, boolean counts) {
        var view = view(ALL, granted(FIRST, 2), revoked(by, key));

        assertThat(view.isRevoked(key)).as(what).isEqualTo(counts);
        assertThat(view.grant(node(2)) == null).as(what).isEqualTo(counts);
    }

    @Test
    void aSiteAuthorityTakesNobodysKeyByNamingIt() {
        var lie = granted(PLANT, 2, grant(2, 2, 2, 0));

        var view = view(ALL, granted(FIRST, 0), lie, revoked(PLANT, key(0)));

        assertThat(view.isRevoked(key(0))).isFalse();
        assertThat(view.grants()).containsOnlyKeys(node(0));
    }

    @Test
    void ofARevokedAuthorityOnlyItsRevocationsStay() {
        var view =
                view(
                        ALL,
                        granted(FIRST, 2),
                        granted(SECOND, 3),
                        granted(SECOND, 4),
                        revoked(FIRST, key(3)),
                        revoked(ROOT, FIRST));

        assertThat(view.grants()).containsOnlyKeys(node(4));
    }

    @Test
    void noNodeIsSeenAtAnAddressOfTheOverlay() {
        var fabric =
                said(
                        FIRST,
                        new Subject("beijing", "fabric"),
                        new Scope.Fabric(),
                        Statements.settings("beijing"));
        var inside = new Payload.Observation(IpAddress.parse("10.244.3.9"), 4500, true);
        var seen = said(key(0), node(2), scope(2), inside);

        var view = view(ALL, fabric, granted(FIRST, 0), granted(FIRST, 2), seen);

        assertThat(view.grants()).hasSize(2);
        assertThat(view.observation(node(2))).isNull();
    }

    @Test
    void aPrefixInsideAnotherIsNotGivenTwice() {
        var inner = granted(FIRST, 1, withPods(grant(1), "10.244.3.128/25"));
        var outer = granted(FIRST, 2, withPods(grant(2), "10.244.3.0/24"));

        assertThat(view(ALL, inner, outer).grants()).containsOnlyKeys(node(1));
        assertThat(view(ALL, outer, inner).grants()).containsOnlyKeys(node(1));
    }

    private static NodeGrant withPods(NodeGrant like, String pods) {
        return new NodeGrant(
                like.name(),
                like.roles(),
                like.site(),
                like.zone(),
                like.region(),
                like.fabricAddress(),
                new TreeSet<>(Set.of(Cidr.parse(pods))),
                like.publicAddresses(),
                like.communities(),
                like.backbone(),
                like.recordKey(),
                like.ikeKey());
    }

    @Test
    void onlyTheRootSaysWhoIsAnAuthority() {
        var stranger = key(77);
        var trust = new Subject("beijing", "trust");
        var forged = said(stranger, trust, new Scope.Fabric(), 9, 0, Statements.trust(stranger));

        var view = view(ALL, forged, granted(stranger, 3), granted(FIRST, 2));

        assertThat(view.isAuthority(stranger)).isFalse();
        assertThat(view.grants()).containsOnlyKeys(node(2));
    }

    @Test
    void aRevocationCountsInTheScopeOfAll() {
        var hidden = said(FIRST, node(2), scope(2), new Payload.Revocation(key(2), "hidden"));

        assertThat(view(ALL, granted(FIRST, 2), hidden).isRevoked(key(2))).isFalse();
    }

    /** ADR 3: the root revokes anew what stays revoked, and takes the fallen key off its list. */
    @Test
    void aFallenAuthoritysWordEndsWithItsListing() {
        var fallen = revoked(ROOT, FIRST);
        var rightly = revoked(FIRST, key(2));
        var byThief = said(FIRST, subjectOf(key(3)), FABRIC, 9, 0, revocation(key(3)));
        var anew = revoked(ROOT, key(2));
        var shorter =
                said(ROOT, new Subject("beijing", "trust"), FABRIC, 2, 0, Statements.trust(SECOND));
        var listed = List.of(ALL, granted(SECOND, 2), granted(SECOND, 3), fallen, rightly, byThief);

        var before = View.of(listed, ROOT);
        assertThat(before.isRevoked(key(2))).isTrue();
        assertThat(before.isRevoked(key(3))).as("fails closed").isTrue();

        var all = new ArrayList<>(listed);
        all.addAll(List.of(anew, shorter));
        all.remove(ALL);
        for (int turn = 0; turn < all.size(); turn++) {
            Collections.rotate(all, 1);
            var after = View.of(all, ROOT);
            assertThat(after.isRevoked(key(2))).isTrue();
            assertThat(after.isRevoked(FIRST)).isTrue();
            assertThat(after.isRevoked(key(3))).isFalse();
            assertThat(after.grants()).containsOnlyKeys(node(3));
        }
    }

    private static Subject subjectOf(RecordKey key) {
        return new Subject("beijing", "key:" + key.hex());
    }

    private static Payload.Revocation revocation(RecordKey key) {
        return new Payload.Revocation(key, "test");
    }

    static Stream<Arguments> rosters() {
        var grant = Rosters.hash(RecordType.NODE_GRANT, node(2));
        var other = Rosters.hash(RecordType.COMMUNITY, node(2));
        return Stream.of(
                Arguments.of("listed", 3, List.of(roster(3, 0, 1, grant)), true),
                Arguments.of("not listed", 3, List.of(roster(3, 0, 1, other)), false),
                Arguments.of("empty", 1, List.of(roster(3, 0, 1)), false),
                Arguments.of("published later", 4, List.of(roster(3, 0, 1)), true),
                Arguments.of("not published by number", 0, List.of(roster(3, 0, 1)), true),
                Arguments.of("a slice is missing", 3, List.of(roster(3, 0, 2)), true),
                Arguments.of(
                        "in no slice", 3, List.of(roster(3, 0, 2), roster(3, 1, 2, other)), false),
                Arguments.of(
                        "in one slice", 3, List.of(roster(3, 0, 2), roster(3, 1, 2, grant)), true),
                Arguments.of(
                        "slices of two publications",
                        3,
                        List.of(roster(2, 0, 2), roster(3, 1, 2)),
                        true),
                Arguments.of(
                        "listed no more, while a newer one arrives",
                        3,
                        List.of(roster(3, 0, 1), roster(4, 0, 2)),
                        false),
                Arguments.of(
                        "listed anew by a newer one that is complete",
                        3,
                        List.of(roster(3, 0, 1), roster(4, 0, 2), roster(4, 1, 2, grant)),
                        true),
                Arguments.of(
                        "a slice left from when there were more",
                        3,
                        List.of(roster(4, 0, 1), roster(3, 1, 2, grant)),
                        false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rosters")
    void aRosterTellsWhatLives(
            String what, long publication, List<Payload.Roster> rosters, boolean lives) {
        var statements = new ArrayList<>(List.of(ALL));
        statements.add(said(FIRST, node(2), scope(2), 1, publication, grant(2)));
        for (var roster : rosters) {
            var subject = new Subject("beijing", "roster:" + roster.slice());
            statements.add(said(FIRST, subject, scope(2), roster));
        }

        assertThat(View.of(statements, ROOT).grants().containsKey(node(2)))
                .as(what)
                .isEqualTo(lives);
    }

    @Test
    void aRosterSpeaksOnlyForItsWriter() {
        var roster = said(SECOND, LINE, scope(2), roster(9, 0, 1));

        var view = view(ALL, said(FIRST, node(2), scope(2), 1, 3, grant(2)), roster);

        assertThat(view.grants()).containsOnlyKeys(node(2));
    }

    @Test
    void noRosterEndsARevocation() {
        var subject = new Subject("beijing", "key");
        var revocation = new Payload.Revocation(key(2), "lost");
        var roster = said(FIRST, LINE, FABRIC, roster(9, 0, 1));

        var view = view(ALL, said(FIRST, subject, FABRIC, 1, 3, revocation), roster);

        assertThat(view.isRevoked(key(2))).isTrue();
    }

    static Stream<Arguments> collisions() {
        return Stream.of(
                Arguments.of("the address", grant(3, 2, 3, 3)),
                Arguments.of("the pods", grant(3, 3, 2, 3)),
                Arguments.of("the keys", grant(3, 3, 3, 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("collisions")
    void nothingIsGrantedTwice(String what, NodeGrant same) {
        var higher = view(ALL, granted(FIRST, 2), granted(FIRST, 3, same), granted(FIRST, 4));
        assertThat(higher.grants()).as(what).containsOnlyKeys(node(2), node(4));

        var lower = view(ALL, granted(PLANT, 2), granted(FIRST, 3, same));
        assertThat(lower.grants()).as(what + ", by rank").containsOnlyKeys(node(3));
    }

    @Test
    void whoeverIsShutOutShutsOutNobody() {
        var third = granted(FIRST, 4, grant(4, 3, 4, 4));

        var view = view(ALL, granted(FIRST, 2), granted(FIRST, 3, grant(3, 3, 2, 3)), third);

        assertThat(view.grants()).containsOnlyKeys(node(2), node(4));
        assertThat(view.nodeAt(Statements.address(3))).isEqualTo(node(4));
        assertThat(view.writerOf(key(4))).isEqualTo(node(4));
        assertThat(view.writerOf(key(3))).isNull();
    }

    @Test
    void whereNodesAre() {
        var view =
                view(
                        ALL,
                        said(FIRST, SETTINGS, FABRIC, Statements.settings("beijing")),
                        granted(FIRST, 0),
                        granted(FIRST, 2),
                        granted(FIRST, 3),
                        said(key(2), node(2), scope(2), endpoint("10.99.2.2", "100.71.0.9")),
                        said(key(2), node(3), scope(3), endpoint("10.99.3.2")),
                        said(key(0), node(2), scope(2), observation("10.99.9.9")),
                        said(key(2), node(3), scope(3), observation("10.99.9.9")));

        assertThat(view.endpoint(node(2)))
                .as("without what is the fabric's own")
                .isEqualTo(new Believed<>(endpoint("10.99.2.2"), "Endpoint " + node(2) + "@1.1"));
        assertThat(view.endpoint(node(3))).as("another's word").isNull();
        assertThat(view.observation(node(2))).isNotNull();
        assertThat(view.observation(node(3))).as("by no connector").isNull();
    }

    @Test
    void backbonePeersNameEachOther() {
        var view =
                view(
                        ALL,
                        granted(FIRST, 1, backbone(grant(1), 2, 3)),
                        granted(FIRST, 2, backbone(grant(2), 1)),
                        granted(FIRST, 3));

        assertThat(view.backbone(node(1))).containsExactly(node(2));
        assertThat(view.backbone(node(2))).containsExactly(node(1));
        assertThat(view.backbone(node(3))).isEmpty();
    }

    @Test
    void aNodeKeepsWhatMayConcernIt() {
        var view =
                view(
                        ALL,
                        said(FIRST, SETTINGS, FABRIC, Statements.settings("beijing")),
                        said(FIRST, LINE, OF_LINE, Statements.line(1, 20)),
                        granted(FIRST, 0),
                        granted(FIRST, 1, backbone(grant(1), 21)),
                        granted(FIRST, 2),
                        granted(FIRST, 22));

        assertThat(view.subscriptions(node(0))).isEqualTo(Subscriptions.ALL);
        assertThat(view.subscriptions(node(1)).scopes())
                .containsExactlyInAnyOrder(
                        FABRIC,
                        new Scope.Site("plant"),
                        OF_LINE,
                        scope(0),
                        scope(1),
                        scope(2),
                        scope(20),
                        scope(21));
        assertThat(view.subscriptions(node(9)).scopes())
                .containsExactlyInAnyOrder(FABRIC, scope(0), scope(9));
    }

    private static Payload.Roster roster(long publication, int slice, int slices, Bytes... live) {
        return new Payload.Roster(publication, slice, slices, new TreeSet<>(List.of(live)));
    }

    private static Payload.Endpoint endpoint(String... addresses) {
        return new Payload.Endpoint(
                Stream.of(addresses).map(IpAddress::parse).toList(), 500, "userspace", 1);
    }

    private static Payload observation(String address) {
        return new Payload.Observation(IpAddress.parse(address), 4500, true);
    }

    private static NodeGrant site(NodeGrant grant, String site) {
        return copy(grant, grant.roles(), site, grant.backbone());
    }

    private static NodeGrant roles(NodeGrant grant, Role also) {
        var roles = new TreeSet<>(grant.roles());
        roles.add(also);
        return copy(grant, roles, grant.site(), grant.backbone());
    }

    private static NodeGrant backbone(NodeGrant grant, Integer... peers) {
        var backbone = new TreeSet<>(Stream.of(peers).map(Statements::node).toList());
        return copy(grant, grant.roles(), grant.site(), backbone);
    }

    private static NodeGrant copy(
            NodeGrant grant, SortedSet<Role> roles, String site, SortedSet<Subject> backbone) {
        return new NodeGrant(
                grant.name(),
                roles,
                site,
                grant.zone(),
                grant.region(),
                grant.fabricAddress(),
                grant.podCidrs(),
                grant.publicAddresses(),
                grant.communities(),
                backbone,
                grant.recordKey(),
                grant.ikeKey());
    }
}
