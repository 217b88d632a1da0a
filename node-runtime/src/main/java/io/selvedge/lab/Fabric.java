// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.model.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the manifests make of the lab's nodes, known once they are enrolled.
 *
 * @param authority the one cloud node that publishes the intent
 * @param guarded cluster, service and fabric CIDRs: nothing to them may be seen outside ESP
 */
public record Fabric(String authority, List<Cidr> guarded, SortedMap<String, Member> members) {
    public Fabric {
        guarded = List.copyOf(guarded);
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /** A node of the fabric, as it was granted. */
    public record Member(
            String name,
            List<String> roles,
            String site,
            String fabricAddress,
            List<String> communities) {
        public Member {
            roles = List.copyOf(roles);
            communities = List.copyOf(communities);
        }

        public boolean isEdge() {
            return roles.contains("edge");
        }
    }

    public Member member(String name) {
        var member = members.get(name);
        if (member == null) {
            throw new LabException(
                    "no node '%s' is enrolled; there are %s".formatted(name, members.keySet()));
        }
        return member;
    }

    /** Whether the intent lets the pods of two nodes talk. */
    public boolean allows(String one, String two) {
        var a = member(one);
        var b = member(two);
        return one.equals(two)
                || !a.isEdge()
                || !b.isEdge()
                || !Collections.disjoint(a.communities(), b.communities());
    }

    void write(Path file) {
        var members = new LinkedHashMap<String, Object>();
        this.members.forEach((name, member) ->
                members.put(
                        name,
                        Map.of(
                                "roles", member.roles(),
                                "site", member.site(),
                                "fabricAddress", member.fabricAddress(),
                                "communities", member.communities())));
        var cidrs = guarded.stream().map(Cidr::toString).toList();
        try {
            Files.writeString(
                    file,
                    JSON.std.asString(
                            Map.of("authority", authority, "guarded", cidrs, "members", members)));
        } catch (IOException full) {
            throw new LabException("cannot write " + file + ": " + full, full);
        }
    }

    static Fabric read(Path file) {
        try {
            var json = JSON.std.mapFrom(Files.readString(file));
            var members = new TreeMap<String, Member>();
            if (json.get("members") instanceof Map<?, ?> all) {
                all.forEach((name, value) -> {
                    if (value instanceof Map<?, ?> one) {
                        members.put(
                                name.toString(),
                                new Member(
                                        name.toString(),
                                        strings(one.get("roles")),
                                        String.valueOf(one.get("site")),
                                        String.valueOf(one.get("fabricAddress")),
                                        strings(one.get("communities"))));
                    }
                });
            }
            return new Fabric(
                    String.valueOf(json.get("authority")),
                    strings(json.get("guarded")).stream().map(Cidr::parse).toList(),
                    members);
        } catch (IOException unreadable) {
            throw new LabException("cannot read " + file + ": " + unreadable, unreadable);
        }
    }

    private static List<String> strings(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
