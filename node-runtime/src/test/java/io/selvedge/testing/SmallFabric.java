// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.testing;

import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.node.Identity;
import io.selvedge.pki.IkeKeys;
import io.selvedge.pki.RecordKeys;
import io.selvedge.plan.NodeDefaults;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A fabric of one connector (node 0) and edges in one Community, on one site, signed for real.
 * Fabric addresses are of loopback, so that datagrams between them travel.
 */
public final class SmallFabric {
    public static final NodeDefaults DEFAULTS =
            new NodeDefaults("ipsec0", "ipsec1", "selvedge0", "cni0", 7946, 7948, 2551, 2552);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Cidr prefix;
    private final RecordSigner authority = signer(RecordKeys.generate(RANDOM));
    private final List<RecordKeys> keys = new ArrayList<>();
    private final List<IkeKeys> ikeKeys = new ArrayList<>();
    private final List<SignedRecord> records = new ArrayList<>();
    private long sequence;

    /**
     * Signs all records of the fabric.
     *
     * @param prefix of the fabric addresses, below 127.0.0.0/8, different in each test
     */
    public SmallFabric(String prefix, int edges) {
        this.prefix = Cidr.parse(prefix);
        for (int node = 0; node <= edges; node++) {
            keys.add(RecordKeys.generate(RANDOM));
            ikeKeys.add(IkeKeys.generate(RANDOM));
        }
        settings();
        for (int node = 0; node <= edges; node++) {
            say(subject(node), new Scope.OfNode(subject(node)), grant(node));
        }
        var members = new TreeSet<Subject>();
        for (int node = 1; node <= edges; node++) {
            members.add(subject(node));
        }
        say(
                new Subject("beijing", "community:line"),
                new Scope.OfCommunity("line"),
                new Payload.Community("line", members));
        for (int node = 0; node <= edges; node++) {
            var endpoint =
                    new Payload.Endpoint(
                            List.of(IpAddress.parse("192.168.50.1" + node)), 500, "userspace", 1);
            records.add(
                    signer(keys.get(node))
                            .sign(
                                    subject(node),
                                    new Scope.OfNode(subject(node)),
                                    new Version(1, 1),
                                    endpoint));
        }
    }

    public static Subject subject(int node) {
        return new Subject("beijing", "uid-" + node);
    }

    public IpAddress address(int node) {
        return prefix.address(10 + node);
    }

    public List<SignedRecord> records() {
        return List.copyOf(records);
    }

    /** Settings and grants, as an enrolment has them; no Community, no endpoints. */
    public List<SignedRecord> enrolmentRecords() {
        return records.subList(0, 1 + keys.size());
    }

    public RecordSigner signer(int node) {
        return signer(keys.get(node));
    }

    public Identity identity(int node, Path ikeKeyFile) {
        return new Identity(
                subject(node),
                grant(node),
                authority.key(),
                signer(node),
                ikeKeyFile,
                enrolmentRecords());
    }

    public View view() {
        var statements = records.stream().flatMap(record -> record.statement().stream()).toList();
        return View.of(statements, authority.key());
    }

    public Plan plan(int node) {
        return Planner.plan(subject(node), view(), DEFAULTS);
    }

    private void settings() {
        say(
                new Subject("beijing", "fabric"),
                new Scope.Fabric(),
                new Payload.FabricSettings(
                        "beijing",
                        cidrs("10.244.0.0/16"),
                        cidrs("10.96.0.0/16"),
                        prefix,
                        new TreeMap<>(Map.of(subject(0), List.of(IpAddress.parse("10.99.1.2")))),
                        1400));
    }

    private NodeGrant grant(int node) {
        var roles = node == 0 ? List.of(Role.CLOUD, Role.CONNECTOR) : List.of(Role.EDGE);
        var communities = node == 0 ? List.<String>of() : List.of("line");
        return new NodeGrant(
                "node" + node,
                new TreeSet<>(roles),
                node == 0 ? "cloud" : "plant",
                "",
                "",
                address(node),
                cidrs("10.244.%d.0/24".formatted(node)),
                List.of(),
                new TreeSet<>(communities),
                new TreeSet<>(),
                keys.get(node).recordKey(),
                ikeKeys.get(node).ikeKey());
    }

    private void say(Subject subject, Scope scope, Payload payload) {
        records.add(authority.sign(subject, scope, new Version(1, ++sequence), payload));
    }

    private static RecordSigner signer(RecordKeys keys) {
        return new RecordSigner(keys.privateKey(), keys.recordKey());
    }

    private static SortedSet<Cidr> cidrs(String cidr) {
        return new TreeSet<>(List.of(Cidr.parse(cidr)));
    }
}
