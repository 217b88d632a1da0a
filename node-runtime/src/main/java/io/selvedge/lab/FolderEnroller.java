// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import io.selvedge.fabric.Possession;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Role;
import io.selvedge.node.authority.AuthorityFolders;
import io.selvedge.node.authority.Enrolment;
import io.selvedge.node.authority.OfflineRoot;
import io.selvedge.node.intent.FolderIntent;
import io.selvedge.node.intent.IntentReading;
import io.selvedge.pki.CertificateAuthority;
import io.selvedge.pki.IkeKeys;
import io.selvedge.pki.RecordKeys;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Enrols from a folder of manifests: the nodes' keys are minted and registered, the authority
 * decides once, and what it published goes into each node's folder, with the word of an offline
 * root that the authority is to be trusted.
 */
final class FolderEnroller implements Enroller {
    private final SecureRandom random = new SecureRandom();

    @Override
    public Fabric enrol(LabPaths paths, Topology topology) {
        var intent = intent(paths);
        var authority = authority(intent);
        try {
            var authorityKeys = RecordKeys.generate(random);
            var folders =
                    new AuthorityFolders(
                            paths.intent(), paths.registrations(), paths.authority(authority));
            EnrolmentFiles.authorityKey(folders.state(), authorityKeys);
            var rootKeys = RecordKeys.generate(random);
            EnrolmentFiles.rootKey(paths.rootKey(), rootKeys);
            var keys = new TreeMap<String, NodeKeys>();
            for (var node : intent.nodes().keySet()) {
                var minted = new NodeKeys(RecordKeys.generate(random), IkeKeys.generate(random));
                EnrolmentFiles.register(
                        paths.registrations(), node, minted, authorityKeys.recordKey());
                keys.put(node, minted);
            }
            var published =
                    published(Enrolment.run(folders, paths.journal(authority), underlay(topology)));
            var cluster = intent.fabric().cluster();
            var all = new ArrayList<>(published);
            all.add(trust(rootKeys, cluster, authorityKeys.recordKey()));
            files(paths, cluster, keys, all, rootKeys.recordKey());
            return fabric(authority, intent, published);
        } catch (IOException failed) {
            throw new LabException("cannot enrol the nodes: " + failed.getMessage(), failed);
        }
    }

    /** The keys of a node, before anybody granted it anything. */
    record NodeKeys(RecordKeys record, IkeKeys ike) {
        Bytes proveTo(RecordKey authority) {
            return Possession.prove(
                    new RecordSigner(record.privateKey(), record.recordKey()),
                    ike.ikeKey(),
                    ike.privateKey(),
                    authority);
        }
    }

    private static Intent intent(LabPaths paths) {
        return switch (new FolderIntent(paths.intent()).read()) {
            case IntentReading.Loaded(var intent) -> intent;
            case IntentReading.Refused(var errors) -> throw refused(errors);
            case IntentReading.Unreadable(var reason) -> throw new LabException(reason);
        };
    }

    private static LabException refused(Collection<?> errors) {
        return new LabException(
                errors.stream().map(Object::toString).collect(Collectors.joining("\n")));
    }

    /** The first cloud node that is a connector, else the first cloud node. */
    private static String authority(Intent intent) {
        var cloud =
                intent.nodes().values().stream()
                        .filter(node -> !node.roles().contains(Role.EDGE))
                        .toList();
        return cloud.stream()
                .filter(node -> intent.fabric().connectors().containsKey(node.name()))
                .findFirst()
                .or(() -> cloud.stream().findFirst())
                .map(Intent.NodeIntent::name)
                .orElseThrow(() ->
                        new LabException(
                                "no node is a cloud node, so nobody can publish the"
                                        + " manifests; add one without the edge label"));
    }

    private static SortedSet<Cidr> underlay(Topology topology) {
        var routes = new TreeSet<Cidr>();
        topology.sites().forEach(site -> routes.add(site.subnet()));
        topology.sites().forEach(site -> routes.add(topology.transfer(site)));
        return routes;
    }

    private static List<SignedRecord> published(Enrolment.Result result) {
        return switch (result) {
            case Enrolment.Result.Refused(var errors) -> throw refused(errors);
            case Enrolment.Result.Unreadable(var reason) -> throw new LabException(reason);
            case Enrolment.Result.Enrolled(var published, var problems) -> {
                if (!problems.isEmpty()) {
                    throw refused(problems);
                }
                yield published;
            }
        };
    }

    private static SignedRecord trust(RecordKeys root, String cluster, RecordKey authority) {
        var signer = new RecordSigner(root.privateKey(), root.recordKey());
        return new OfflineRoot(signer, cluster)
                .trust(1, List.of(new Authority(authority, new Limits.Everything())));
    }

    private void files(
            LabPaths paths,
            String cluster,
            SortedMap<String, NodeKeys> keys,
            List<SignedRecord> published,
            RecordKey root)
            throws IOException {
        var now = Instant.now();
        var issuer = CertificateAuthority.create(cluster, now, random);
        for (var grant : grants(published)) {
            var minted = keys.get(grant.name());
            if (minted == null) {
                continue;
            }
            var holder =
                    new CertificateAuthority.Holder(cluster, grant.name(), grant.fabricAddress());
            var certificate = issuer.issue(holder, minted.ike().ikeKey(), now, random);
            new EnrolmentFiles(paths.enrolment(grant.name()), random)
                    .write(
                            root,
                            minted,
                            certificate,
                            issuer.certificate(),
                            Enrolment.recordsFor(grant.name(), published));
        }
    }

    private static Fabric fabric(String authority, Intent intent, List<SignedRecord> published) {
        var guarded = new ArrayList<Cidr>();
        payloads(published, FabricSettings.class)
                .forEach(settings -> {
                    guarded.addAll(settings.clusterCidrs());
                    guarded.addAll(settings.serviceCidrs());
                    guarded.add(settings.fabricCidr());
                });
        var members = new TreeMap<String, Fabric.Member>();
        for (var grant : grants(published)) {
            var communities =
                    intent.communities().values().stream()
                            .filter(one ->
                                    one.members()
                                            .contains(
                                                    intent.fabric().cluster() + "." + grant.name()))
                            .map(Intent.CommunityIntent::name)
                            .toList();
            members.put(
                    grant.name(),
                    new Fabric.Member(
                            grant.name(),
                            grant.roles().stream().map(Role::toString).toList(),
                            grant.site(),
                            grant.fabricAddress().toString(),
                            communities));
        }
        return new Fabric(authority, guarded, members);
    }

    private static List<NodeGrant> grants(List<SignedRecord> published) {
        return payloads(published, NodeGrant.class);
    }

    private static <T> List<T> payloads(List<SignedRecord> published, Class<T> type) {
        return published.stream()
                .flatMap(record -> record.statement().stream())
                .map(statement -> statement.payload())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
