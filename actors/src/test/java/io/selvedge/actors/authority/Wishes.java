// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.IkeKey;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.CommunityIntent;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Role;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Wishes for tests: nodes by number (0 is the connector), with keys by generation. */
public record Wishes(
        SortedMap<Integer, Integer> nodes,
        SortedMap<Integer, Integer> keys,
        SortedMap<String, Set<Integer>> communities) {
    private static final int DRAWN = 6;

    /** Nodes, each registered with keys of generation 0. */
    public static Wishes of(Integer... numbers) {
        var nodes = new TreeMap<Integer, Integer>();
        var keys = new TreeMap<Integer, Integer>();
        for (int number : numbers) {
            nodes.put(number, 0);
            keys.put(number, 0);
        }
        return new Wishes(nodes, keys, new TreeMap<>());
    }

    public Wishes community(String name, Integer... members) {
        var more = new TreeMap<>(communities);
        more.put(name, new TreeSet<>(Arrays.asList(members)));
        return new Wishes(nodes, keys, more);
    }

    public Wishes key(int node, int generation) {
        var more = new TreeMap<>(keys);
        more.put(node, generation);
        return new Wishes(nodes, more, communities);
    }

    public Wishes unregistered(int node) {
        var fewer = new TreeMap<>(keys);
        fewer.remove(node);
        return new Wishes(nodes, fewer, communities);
    }

    public Wish wish(String... localRoutes) {
        var nodeIntents = new TreeMap<String, NodeIntent>();
        nodes.forEach((number, site) -> nodeIntents.put(name(number), node(number, site)));
        var communityIntents = new TreeMap<String, CommunityIntent>();
        communities.forEach((name, members) -> {
            var names = new TreeSet<String>();
            members.forEach(member -> names.add("beijing." + name(member)));
            communityIntents.put(name, new CommunityIntent(name, names));
        });
        var registrations = new TreeMap<String, Registration>();
        keys.forEach((node, generation) -> registrations.put(name(node), keys(node, generation)));
        var connectors = new TreeMap<String, List<IpAddress>>();
        if (nodes.containsKey(0)) {
            connectors.put(name(0), List.of(IpAddress.parse("10.99.1.2")));
        }
        var fabric =
                new FabricIntent(
                        "beijing", cidrs("10.244.0.0/16"), cidrs("10.96.0.0/16"), connectors);
        return new Wish(
                new Intent(fabric, nodeIntents, communityIntents),
                registrations,
                cidrs(localRoutes));
    }

    public static String name(int number) {
        return "node" + number;
    }

    /** A fabric of some of six nodes. */
    public static Wishes draw(Random random) {
        var nodes = new TreeMap<Integer, Integer>();
        var keys = new TreeMap<Integer, Integer>();
        for (int node = 0; node < DRAWN; node++) {
            if (random.nextInt(4) > 0) {
                nodes.put(node, random.nextInt(2));
            }
            if (random.nextInt(4) > 0) {
                keys.put(node, random.nextInt(3));
            }
        }
        var communities = new TreeMap<String, Set<Integer>>();
        for (String name : List.of("red", "blue")) {
            if (random.nextBoolean()) {
                var members = new TreeSet<>(nodes.keySet());
                members.removeIf(_ -> random.nextBoolean());
                communities.put(name, members);
            }
        }
        return new Wishes(nodes, keys, communities);
    }

    /** Odd nodes have a uid in their manifest, even ones get one. */
    private static NodeIntent node(int number, int site) {
        return new NodeIntent(
                name(number),
                number % 2 == 1 ? "uid-" + number : "",
                new TreeSet<>(number == 0 ? Set.of(Role.CLOUD, Role.CONNECTOR) : Set.of(Role.EDGE)),
                site == 0 ? "" : "site" + site,
                "",
                "",
                cidrs("10.244." + number + ".0/24"),
                List.of());
    }

    public static Registration keys(int node, int generation) {
        byte[] record = new byte[32];
        record[0] = (byte) node;
        record[1] = (byte) generation;
        record[2] = 1;
        byte[] ike = Arrays.copyOf(record, 91);
        return new Registration(new RecordKey(Bytes.of(record)), new IkeKey(Bytes.of(ike)));
    }

    public static TreeSet<Cidr> cidrs(String... texts) {
        var cidrs = new TreeSet<Cidr>();
        for (String text : texts) {
            cidrs.add(Cidr.parse(text));
        }
        return cidrs;
    }

    public static RecordSigner signer() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] spki = ((EdECPublicKey) pair.getPublic()).getEncoded();
            byte[] raw = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
            return new RecordSigner(pair.getPrivate(), new RecordKey(Bytes.of(raw)));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
