// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import io.selvedge.actors.cluster.ClusterCommand;
import io.selvedge.actors.cluster.Directory;
import io.selvedge.actors.community.CommunityCommand;
import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.actors.node.NodeSpec;
import io.selvedge.actors.record.Writers;
import io.selvedge.actors.service.ServiceCommand;
import io.selvedge.fabric.Sha256;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.CommunityIntent;
import io.selvedge.model.Intent.ServiceIntent;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.ServiceSpec;
import io.selvedge.model.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who must hear what of an intent. The Cluster first ({@link #intend}); once it has taken the
 * intent in, its directory tells who everybody is, and the others hear ({@link #route}). All of it
 * may be said again, in any order: whoever feeds entities does so until none decides anything.
 */
public final class IntentRouter {
    private final Intent intent;
    private final SortedMap<String, NodeKeys> keys;
    private final String digest;

    /**
     * @param keys that nodes are registered with, by name
     */
    public IntentRouter(Intent intent, SortedMap<String, NodeKeys> keys) {
        this.intent = intent;
        this.keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
        this.digest =
                Sha256.of(Bytes.of((intent + " " + keys).getBytes(StandardCharsets.UTF_8))).hex();
    }

    /**
     * What others hear, and what an operator should know.
     *
     * @param problems sentences that name what is wrong and what to do
     */
    public record Routes(List<Tell> tells, List<String> problems) {
        public Routes {
            tells = List.copyOf(tells);
            problems = List.copyOf(problems);
        }
    }

    /**
     * What the Cluster hears.
     *
     * @param basis the revision of the directory when the intent was read; 0 before there is one
     * @param localRoutes what the authority's host reaches already
     * @param chance 32 random bytes
     */
    public Tell intend(long basis, SortedSet<Cidr> localRoutes, Bytes chance) {
        var uids = new TreeMap<String, String>();
        intent.nodes().forEach((name, node) -> uids.put(name, node.uid()));
        return new Tell(
                intent.fabric().cluster(),
                new ClusterCommand.Intend(
                        digest,
                        basis,
                        intent.fabric(),
                        uids,
                        new TreeSet<>(intent.communities().keySet()),
                        new TreeSet<>(intent.services().keySet()),
                        localRoutes,
                        chance));
    }

    /** What the others hear; nothing while the directory is of another intent. */
    public Routes route(Directory directory) {
        return digest.equals(directory.digest())
                ? new Routing(directory).routes()
                : new Routes(List.of(), List.of());
    }

    /**
     * Who hears of the authority's records that the fabric holds. Say so after a start, before any
     * intent, and again until no entity decides anything; whoever lost records takes them back.
     *
     * @param writers of the directory, or of an authority that knows nothing any more
     */
    public static List<Tell> found(Writers writers, Collection<SignedRecord> records) {
        var byEntity = new TreeMap<EntityId, List<SignedRecord>>();
        for (var record : records) {
            byEntity.computeIfAbsent(writers.of(record.slot()), _ -> new ArrayList<>()).add(record);
        }
        var tells = new ArrayList<Tell>();
        byEntity.forEach((entity, own) -> {
            var command =
                    switch (entity.kind()) {
                        case CLUSTER -> new ClusterCommand.Found(own);
                        case NODE -> new NodeCommand.Found(own);
                        case COMMUNITY -> new CommunityCommand.Found(own);
                        case SERVICE -> new ServiceCommand.Found(own);
                        case TUNNEL ->
                                throw new IllegalArgumentException("a tunnel writes nothing");
                    };
            tells.add(new Tell(entity, command));
        });
        return tells;
    }

    /** One routing under way. */
    private final class Routing {
        private final Directory directory;
        private final Map<String, Subject> present = new TreeMap<>();
        private final List<Tell> tells = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Routing(Directory directory) {
            this.directory = directory;
            directory
                    .members()
                    .forEach((name, member) -> {
                        if (member.wanted()) {
                            present.put(name, new Subject(directory.cluster(), member.uid()));
                        }
                    });
        }

        Routes routes() {
            routeNodes();
            intent.communities().values().forEach(this::route);
            intent.services().forEach(this::route);
            for (var entity : directory.named()) {
                if (entity.kind() == EntityKind.COMMUNITY
                        && !intent.communities().containsKey(entity.id())) {
                    tell(entity, new CommunityCommand.Remove(directory.mandate()));
                } else if (entity.kind() == EntityKind.SERVICE
                        && !intent.services().containsKey(entity.id())) {
                    tell(entity, new ServiceCommand.Remove(directory.mandate()));
                }
            }
            return new Routes(tells, problems);
        }

        private void routeNodes() {
            var communities = communitiesByNode();
            var backbone = Backbone.of(intent.nodes().values());
            directory
                    .members()
                    .forEach((name, member) -> {
                        var subject = new Subject(directory.cluster(), member.uid());
                        var node = member.wanted() ? intent.nodes().get(name) : null;
                        var mandate = directory.mandate();
                        var none = new TreeSet<String>();
                        tells.add(
                                new Tell(
                                        subject.toString(),
                                        node == null
                                                ? new NodeCommand.Remove(mandate)
                                                : new NodeCommand.Declare(
                                                        mandate,
                                                        new NodeSpec(
                                                                node,
                                                                member.revision(),
                                                                keys.get(name),
                                                                communities.getOrDefault(
                                                                        name, none),
                                                                subjects(
                                                                        backbone.getOrDefault(
                                                                                name, none))))));
                    });
        }

        private void route(CommunityIntent community) {
            var members = new TreeSet<Subject>();
            String own = directory.cluster() + ".";
            for (var member : community.members()) {
                var subject = present.get(member.substring(member.indexOf('.') + 1));
                if (subject == null || !member.startsWith(own)) {
                    problems.add(
                            "Community %s names %s, which is no node of the fabric; add the node or take the member out"
                                    .formatted(community.name(), member));
                } else {
                    members.add(subject);
                }
            }
            tell(
                    new EntityId(EntityKind.COMMUNITY, community.name()),
                    new CommunityCommand.Declare(
                            directory.mandate(), new Community(community.name(), members)));
        }

        private void route(String name, ServiceIntent service) {
            var pods = new TreeSet<ServiceSpec.Pod>();
            service.podsByNode()
                    .forEach((node, names) -> {
                        var subject = present.get(node);
                        if (subject != null) {
                            names.forEach(pod -> pods.add(new ServiceSpec.Pod(subject, pod)));
                        }
                    });
            tell(
                    new EntityId(EntityKind.SERVICE, name),
                    new ServiceCommand.Declare(
                            directory.mandate(),
                            new ServiceSpec(
                                    service.namespace(),
                                    service.name(),
                                    service.clusterIps(),
                                    service.ports(),
                                    service.affinitySeconds(),
                                    service.distribution(),
                                    pods)));
        }

        private void tell(EntityId entity, EntityCommand command) {
            tells.add(new Tell(entity, command));
        }

        private Map<String, SortedSet<String>> communitiesByNode() {
            var names = new HashMap<String, SortedSet<String>>();
            String own = directory.cluster() + ".";
            for (var community : intent.communities().values()) {
                for (var member : community.members()) {
                    if (member.startsWith(own)) {
                        names.computeIfAbsent(member.substring(own.length()), _ -> new TreeSet<>())
                                .add(community.name());
                    }
                }
            }
            return names;
        }

        private SortedSet<Subject> subjects(Collection<String> names) {
            var subjects = new TreeSet<Subject>();
            for (var name : names) {
                var subject = present.get(name);
                if (subject != null) {
                    subjects.add(subject);
                }
            }
            return subjects;
        }
    }
}
