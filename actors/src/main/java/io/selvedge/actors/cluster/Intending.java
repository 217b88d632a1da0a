// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import io.selvedge.actors.cluster.ClusterCommand.Intend;
import io.selvedge.actors.cluster.ClusterEvent.Created;
import io.selvedge.actors.cluster.ClusterEvent.EpochBegun;
import io.selvedge.actors.cluster.ClusterEvent.Intended;
import io.selvedge.actors.cluster.ClusterEvent.Named;
import io.selvedge.actors.cluster.ClusterEvent.NodeAdmitted;
import io.selvedge.actors.cluster.ClusterEvent.NodeDismissed;
import io.selvedge.actors.cluster.ClusterState.Founded;
import io.selvedge.actors.cluster.ClusterState.Unborn;
import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Step;
import io.selvedge.fabric.Sha256;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the Cluster takes an intent in: the fabric first, then who is in it. */
final class Intending {
    private static final int FABRIC_PREFIX_LENGTH = 16;
    private static final long FIRST_EPOCH = 1;
    private static final int FIRST_SECOND_BYTE = 64;
    private static final int PREFIXES = 64;
    private static final int UID_SIZE = 32;

    private final Signer signer;
    private final Intend intend;

    Intending(Signer signer, Intend intend) {
        this.signer = signer;
        this.intend = intend;
    }

    Decision<ClusterEvent> decide(ClusterState state) {
        var step = new Step<ClusterEvent, ClusterState>(state, new ClusterEntity(signer)::evolve);
        if (state instanceof Unborn && !create(step)) {
            return step.decision();
        }
        if (step.state() instanceof Founded founded) {
            String obstacle = obstacle(founded);
            if (obstacle != null) {
                step.warn(obstacle);
                return step.decision();
            }
            takeIn(step, founded);
            Publishing.settings(signer, step, made("LAN key"));
        }
        return step.decision();
    }

    private boolean create(Step<ClusterEvent, ClusterState> step) {
        var taken = new TreeSet<>(intend.localRoutes());
        taken.removeIf(route -> route.length() == 0);
        taken.addAll(foreign());
        var free = new ArrayList<Cidr>();
        for (int i = 0; i < PREFIXES; i++) {
            var base = IpAddress.of(new byte[] {100, (byte) (FIRST_SECOND_BYTE + i), 0, 0});
            var candidate = new Cidr(base, FABRIC_PREFIX_LENGTH);
            if (!overlapsAny(candidate, taken)) {
                free.add(candidate);
            }
        }
        if (free.isEmpty()) {
            step.warn(
                    "every /16 of 100.64.0.0/10 overlaps a cluster CIDR, a service CIDR, a pod pool"
                            + " or a local route; free one of them for the fabric's own addresses");
            return false;
        }
        int choice = Math.floorMod(intend.chance().longAt(0), free.size());
        step.happen(new Created(intend.fabric().cluster(), FIRST_EPOCH, free.get(choice)));
        return true;
    }

    private @Nullable String obstacle(Founded state) {
        String wanted = intend.fabric().cluster();
        if (!wanted.equals(state.cluster())) {
            return "the Fabric is named %s, but this authority publishes for %s; name it so again, or start a new authority with a new state folder"
                    .formatted(wanted, state.cluster());
        }
        if (!intend.digest().equals(state.digest()) && intend.basis() != state.revision()) {
            return "the intent was read when revision %d counted, and now %d does; read it again"
                    .formatted(intend.basis(), state.revision());
        }
        var prefix = state.holdings().fabricCidr();
        if (overlapsAny(prefix, foreign())) {
            return "a cluster CIDR, service CIDR or pod pool overlaps %s, where the fabric's own addresses are; give it another range"
                    .formatted(prefix);
        }
        return null;
    }

    private SortedSet<Cidr> foreign() {
        var foreign = new TreeSet<>(intend.fabric().clusterCidrs());
        foreign.addAll(intend.fabric().serviceCidrs());
        intend.fabric().podPools().forEach(pool -> foreign.add(pool.cidr()));
        return foreign;
    }

    private void takeIn(Step<ClusterEvent, ClusterState> step, Founded before) {
        if (before.stand().isBehind()) {
            step.happen(new EpochBegun(before.stand().found() + 1));
        }
        boolean isNew = !intend.digest().equals(before.digest());
        long revision = isNew ? before.revision() + 1 : before.revision();
        before.members()
                .forEach((name, member) -> {
                    if (member.wanted() && !intend.nodes().containsKey(name)) {
                        step.happen(new NodeDismissed(name));
                    }
                });
        admit(step, before, revision);
        for (String name : intend.communities()) {
            name(step, before, new EntityId(EntityKind.COMMUNITY, name));
        }
        for (String name : intend.services()) {
            name(step, before, new EntityId(EntityKind.SERVICE, name));
        }
        if (isNew) {
            step.happen(new Intended(revision, intend.digest(), intend.fabric()));
        }
    }

    private static void name(
            Step<ClusterEvent, ClusterState> step, Founded before, EntityId entity) {
        if (!before.named().containsKey(entity.toString())) {
            step.happen(new Named(entity));
        }
    }

    private void admit(Step<ClusterEvent, ClusterState> step, Founded before, long revision) {
        var taken = new HashSet<String>();
        before.members().values().forEach(member -> taken.add(member.uid()));
        intend.nodes()
                .forEach((name, wanted) -> {
                    var known = before.members().get(name);
                    if (known == null) {
                        newUid(step, name, wanted, taken)
                                .ifPresent(
                                        uid -> step.happen(new NodeAdmitted(name, uid, revision)));
                    } else {
                        if (!wanted.isEmpty() && !wanted.equals(known.uid())) {
                            step.warn(
                                    "node %s has the uid %s in its manifest, but the fabric knows it by %s and keeps that; remove metadata.uid"
                                            .formatted(name, wanted, known.uid()));
                        }
                        if (!known.wanted()) {
                            step.happen(new NodeAdmitted(name, known.uid(), revision));
                        }
                    }
                });
    }

    /** The uid of the manifest, or one that is made up; empty when the manifest's is taken. */
    private Optional<String> newUid(
            Step<ClusterEvent, ClusterState> step, String name, String wanted, Set<String> taken) {
        if (taken.contains(wanted)) {
            step.warn(
                    "node %s has the uid %s, which another name had before; give it a uid of its own"
                            .formatted(name, wanted));
            return Optional.empty();
        }
        String uid = wanted;
        for (int i = 0; uid.isEmpty() || taken.contains(uid); i++) {
            uid = made("uid " + i + " " + name).hex().substring(0, UID_SIZE);
        }
        taken.add(uid);
        return Optional.of(uid);
    }

    /** 32 bytes that nobody can foretell who does not know the chance. */
    private Bytes made(String purpose) {
        return Sha256.of(
                Bytes.of((intend.chance().hex() + purpose).getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean overlapsAny(Cidr cidr, Collection<Cidr> others) {
        return others.stream().anyMatch(cidr::overlaps);
    }
}
