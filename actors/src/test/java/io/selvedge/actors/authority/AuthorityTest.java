// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Authority.Decision;
import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.AuthorityEvent.FabricCreated;
import io.selvedge.actors.authority.AuthorityEvent.Published;
import io.selvedge.fabric.Rosters;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.Payload.Roster;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AuthorityTest {
    private final Random random = new Random(7);
    private AuthorityState state = new AuthorityState.Unborn();

    @Test
    void publishesSettingsGrantsAndCommunities() {
        var said = payloads(decide(Wishes.of(0, 1, 2).community("line", 1, 2).wish()));

        var settings = (FabricSettings) said.getFirst();
        assertThat(settings.mtu()).isEqualTo(1400);
        assertThat(Cidr.parse("100.64.0.0/10").contains(settings.fabricCidr())).isTrue();
        assertThat(settings.connectors().keySet()).extracting(Subject::cluster).contains("beijing");
        var grants = grants(said);
        assertThat(grants).extracting(NodeGrant::name).containsExactly("node0", "node1", "node2");
        assertThat(grants)
                .extracting(NodeGrant::fabricAddress)
                .containsExactly(
                        settings.fabricCidr().address(10),
                        settings.fabricCidr().address(11),
                        settings.fabricCidr().address(12));
        assertThat(grants.get(1).communities()).containsExactly("line");
        assertThat(grants.get(1).site()).isEqualTo("node1");
        assertThat(grants.get(1).recordKey()).isEqualTo(Wishes.keys(1, 0).recordKey());
        assertThat(said.getLast())
                .isInstanceOfSatisfying(
                        Community.class, line -> assertThat(line.members()).hasSize(2));
    }

    @Test
    void scopesAndSubjectsSayWhoKeepsWhat() {
        var decision = decide(Wishes.of(0, 1).community("line", 1).wish());

        assertThat(decision.events())
                .filteredOn(Published.class::isInstance)
                .extracting(event -> ((Published) event).scope().toString())
                .contains("fabric", "node:beijing/uid-1", "community:line");
        assertThat(decision.events())
                .filteredOn(Published.class::isInstance)
                .extracting(event -> ((Published) event).subject().toString())
                .contains("beijing/fabric", "beijing/uid-1", "beijing/community:line");
    }

    @Test
    void anUnchangedWishPublishesNothing() {
        decide(Wishes.of(0, 1).community("line", 0, 1).wish());

        assertThat(decide(Wishes.of(0, 1).community("line", 0, 1).wish()).events()).isEmpty();
    }

    @Test
    void aNodeWithoutKeysHasAnAddressAndNoGrant() {
        var decision = decide(Wishes.of(0, 9).unregistered(9).wish());

        assertThat(grants(payloads(decision))).extracting(NodeGrant::name).containsExactly("node0");
        assertThat(decision.problems())
                .singleElement()
                .asString()
                .startsWith("node node9 has no registered keys yet");
    }

    @Test
    void aNodeThatLosesItsRegistrationKeepsItsKeys() {
        decide(Wishes.of(0, 1).wish());

        assertThat(decide(Wishes.of(0, 1).unregistered(1).wish()))
                .isEqualTo(new Decision(List.of(), List.of()));
    }

    @Test
    void aNodeThatVanishesIsRevokedAndLeavesItsCommunities() {
        decide(Wishes.of(0, 1, 2).community("line", 1, 2).wish());

        var said = payloads(decide(Wishes.of(0, 1).key(2, 0).community("line", 1, 2).wish()));

        assertThat(said.getFirst())
                .isEqualTo(
                        new Revocation(
                                Wishes.keys(2, 0).recordKey(), "node node2 is no longer wanted"));
        assertThat(said.getLast())
                .isInstanceOfSatisfying(
                        Community.class,
                        line -> assertThat(line.members()).containsExactly(subject("uid-1")));
    }

    @Test
    void aNodeComesBackOnlyWithNewKeys() {
        decide(Wishes.of(0, 1).wish());
        decide(Wishes.of(0).wish());

        var back = decide(Wishes.of(0, 1).wish());
        assertThat(back.events()).isEmpty();
        assertThat(back.problems()).singleElement().asString().contains("was revoked");

        var again = grants(payloads(decide(Wishes.of(0, 1).key(1, 1).wish())));
        assertThat(again).extracting(NodeGrant::recordKey).containsExactly(key(1, 1));

        var gone = payloads(decide(Wishes.of(0).wish()));
        assertThat(gone).extracting(Payload::type).hasSize(1);
        assertThat(((AuthorityState.Founded) state).revoked())
                .containsExactly(key(1, 0), key(1, 1));
    }

    @Test
    void aCommunityThatVanishesIsEmptyAndLeavesTheGrants() {
        decide(Wishes.of(0, 1).community("line", 1).wish());

        var said = payloads(decide(Wishes.of(0, 1).wish()));

        assertThat(grants(said)).singleElement().matches(grant -> grant.communities().isEmpty());
        assertThat(said.getLast()).isEqualTo(new Community("line", new TreeSet<>()));
        assertThat(decide(Wishes.of(0, 1).wish()).events()).isEmpty();
    }

    @Test
    void twoNodesNeverShareAKey() {
        decide(Wishes.of(0, 1).wish());
        var stolen = Wishes.of(0, 1, 2).wish();
        var registrations = new TreeMap<>(stolen.registrations());
        registrations.put("node0", Wishes.keys(0, 0));
        registrations.put("node2", Wishes.keys(1, 0));

        var decision = decide(new Wish(stolen.intent(), registrations, new TreeSet<>()));

        assertThat(grants(payloads(decision))).isEmpty();
        assertThat(decision.problems()).singleElement().asString().contains("a key of node node1");
    }

    @Test
    void theFabricPrefixAvoidsWhatIsInUse() {
        var routes = new String[65];
        for (int i = 0; i < 64; i++) {
            routes[i] = "100.%d.0.0/17".formatted(64 + (i == 33 ? 0 : i));
        }
        routes[64] = "0.0.0.0/0";

        var created = (FabricCreated) decide(Wishes.of(0).wish(routes)).events().getFirst();

        assertThat(created.fabricCidr()).isEqualTo(Cidr.parse("100.97.0.0/16"));
    }

    @Test
    void aFabricKeepsItsNameAndItsPrefix() {
        var wish = Wishes.of(0).wish();
        decide(wish);
        var prefix = ((AuthorityState.Founded) state).fabricCidr();

        assertThat(decide(fabric(wish, "tianjin", "10.244.0.0/16")).problems())
                .singleElement()
                .asString()
                .contains("publishes for beijing");
        var overlapping = decide(fabric(wish, "beijing", prefix.toString()));
        assertThat(overlapping.events()).isEmpty();
        assertThat(overlapping.problems()).singleElement().asString().contains("overlaps");
    }

    private static Wish fabric(Wish wish, String cluster, String clusterCidr) {
        var fabric =
                new FabricIntent(
                        cluster,
                        Wishes.cidrs(clusterCidr),
                        Wishes.cidrs("10.96.0.0/16"),
                        new TreeMap<>());
        var intent = new Intent(fabric, wish.intent().nodes(), wish.intent().communities());
        return new Wish(intent, wish.registrations(), wish.localRoutes());
    }

    @Test
    void aNameKeepsItsUidAndAUidItsName() {
        decide(Wishes.of(0, 1).wish());

        var other = decide(uid(Wishes.of(0, 1).wish(), "node1", "another"));
        assertThat(other.events()).isEmpty();
        assertThat(other.problems()).singleElement().asString().contains("keeps that");

        var taken = decide(uid(Wishes.of(0, 1, 2).wish(), "node2", "uid-1"));
        assertThat(taken.events()).isEmpty();
        assertThat(taken.problems()).singleElement().asString().contains("another name had");
    }

    private static Wish uid(Wish wish, String name, String uid) {
        var nodes = new TreeMap<>(wish.intent().nodes());
        nodes.computeIfPresent(
                name,
                (_, node) ->
                        new NodeIntent(
                                name,
                                uid,
                                node.roles(),
                                node.site(),
                                node.zone(),
                                node.region(),
                                node.podCidrs(),
                                node.publicAddresses()));
        var intent = new Intent(wish.intent().fabric(), nodes, wish.intent().communities());
        return new Wish(intent, wish.registrations(), wish.localRoutes());
    }

    @Test
    void noPrefixIsLeft() {
        var decision = decide(Wishes.of(0).wish("100.0.0.0/8"));

        assertThat(decision.events()).isEmpty();
        assertThat(decision.problems()).singleElement().asString().contains("100.64.0.0/10");
    }

    @Test
    void aRosterFollowsWhatIsPublishedInItsScope() {
        var decision = decide(Wishes.of(0, 1).community("line", 1).wish());

        var scope = new Scope.OfNode(subject("uid-1"));
        var grant = Rosters.hash(RecordType.NODE_GRANT, subject("uid-1"));
        assertThat(publications(decision, scope)).containsExactly(1L, 0L);
        assertThat(rosters(decision, scope)).containsExactly(roster(1, grant));

        assertThat(rosters(decide(Wishes.of(0, 1).key(1, 1).wish()), scope))
                .containsExactly(roster(2, grant));
        assertThat(rosters(decide(Wishes.of(0).wish()), scope)).containsExactly(roster(3));
        var back = decide(Wishes.of(0, 1).key(1, 2).wish());
        assertThat(publications(back, scope)).containsExactly(4L, 0L);
        assertThat(rosters(back, scope)).containsExactly(roster(4, grant));
    }

    @Test
    void aCommunityThatVanishesLeavesItsRoster() {
        var scope = new Scope.OfCommunity("line");
        decide(Wishes.of(0, 1).community("line", 1).wish());

        assertThat(rosters(decide(Wishes.of(0, 1).wish()), scope)).containsExactly(roster(2));
        assertThat(rosters(decide(Wishes.of(0, 1).community("line", 1).wish()), scope))
                .singleElement()
                .matches(roster -> roster.publication() == 3 && roster.live().size() == 1);
    }

    @Test
    void aFabricKeepsItsLanKey() {
        var first = (FabricSettings) payloads(decide(Wishes.of(0).wish())).getFirst();
        var second = (FabricSettings) payloads(decide(Wishes.of(1).wish())).get(1);

        assertThat(first.lanKey().size()).isEqualTo(FabricSettings.LAN_KEY_SIZE);
        assertThat(second.lanKey()).isEqualTo(first.lanKey());
    }

    private static Roster roster(long publication, Bytes... live) {
        return new Roster(publication, 0, 1, new TreeSet<>(List.of(live)));
    }

    private static List<Long> publications(Decision decision, Scope scope) {
        return in(decision, scope).stream().map(Published::publication).toList();
    }

    private static List<Roster> rosters(Decision decision, Scope scope) {
        return in(decision, scope).stream()
                .map(Published::payload)
                .filter(Roster.class::isInstance)
                .map(Roster.class::cast)
                .toList();
    }

    private static List<Published> in(Decision decision, Scope scope) {
        return decision.events().stream()
                .filter(Published.class::isInstance)
                .map(Published.class::cast)
                .filter(said -> said.scope().equals(scope))
                .toList();
    }

    private Decision decide(Wish wish) {
        var decision = Authority.decide(state, wish, random);
        state = state.evolve(decision.events());
        return decision;
    }

    private static RecordKey key(int node, int generation) {
        return Wishes.keys(node, generation).recordKey();
    }

    private static Subject subject(String uid) {
        return new Subject("beijing", uid);
    }

    private static List<Payload> payloads(Decision decision) {
        return decision.events().stream()
                .filter(Published.class::isInstance)
                .map(event -> ((Published) event).payload())
                .filter(payload -> !(payload instanceof Roster))
                .toList();
    }

    private static List<NodeGrant> grants(List<Payload> payloads) {
        return payloads.stream()
                .filter(NodeGrant.class::isInstance)
                .map(NodeGrant.class::cast)
                .toList();
    }
}
