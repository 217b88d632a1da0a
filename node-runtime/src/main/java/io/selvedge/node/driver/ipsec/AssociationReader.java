// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import io.selvedge.jvici.Message;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.paths.Association;
import io.selvedge.plan.IpsecResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What {@code list-sas} streams, read as associations. */
final class AssociationReader {
    private static final Set<String> INSTALLED = Set.of("INSTALLED", "UPDATING", "REKEYING");
    private static final IpAddress UNKNOWN = IpAddress.parse("0.0.0.0");

    private AssociationReader() {}

    /** All associations of one event; charon sends one each. */
    static List<Association> read(Message event) {
        var associations = new ArrayList<Association>();
        event.sections().forEach((name, sa) -> associations.add(association(name, sa)));
        return associations;
    }

    private static Association association(String connection, Message sa) {
        return new Association(
                sa.number("uniqueid"),
                connection,
                sa.text("remote-id", ""),
                state(sa.text("state", "")),
                "yes".equals(sa.text("initiator")),
                address(sa.text("local-host", "")),
                address(sa.text("remote-host", "")),
                (int) sa.number("remote-port"),
                Duration.ofSeconds(sa.number("established")),
                children(sa));
    }

    private static Association.State state(String word) {
        return switch (word) {
            case "ESTABLISHED", "REKEYING" -> Association.State.ESTABLISHED;
            case "REKEYED", "DELETING", "DESTROYING" -> Association.State.ENDING;
            default -> Association.State.CONNECTING;
        };
    }

    /** Charon writes {@code %any} where it doesn't know yet. */
    private static IpAddress address(String text) {
        return text.isEmpty() || text.startsWith("%") ? UNKNOWN : IpAddress.parse(text);
    }

    private static List<Association.Child> children(Message sa) {
        var children = new ArrayList<Association.Child>();
        for (var child : sa.section("child-sas").sections().values()) {
            if (INSTALLED.contains(child.text("state", "")) && !isNarrowed(child)) {
                children.add(
                        new Association.Child(
                                child.number("uniqueid"),
                                child.text("name", ""),
                                child.text("spi-in", ""),
                                child.text("spi-out", ""),
                                child.number("packets-in"),
                                child.number("packets-out")));
            }
        }
        return children;
    }

    /** Whether any installed child carries less than its name says. */
    static boolean hasNarrowedChild(Message sa) {
        return sa.section("child-sas").sections().values().stream()
                .anyMatch(AssociationReader::isNarrowed);
    }

    /**
     * Whether the peer, whose plan is another, granted only a part of what was proposed (RFC 7296,
     * 2.9). Only our own names tell, which hash the selectors.
     */
    private static boolean isNarrowed(Message child) {
        String name = child.text("name", "");
        if (!Names.isChild(name)
                || child.texts("local-ts").isEmpty()
                || child.texts("remote-ts").isEmpty()) {
            return false;
        }
        try {
            return !name.equals(
                    IpsecResource.childName(
                            cidrs(child.texts("local-ts")), cidrs(child.texts("remote-ts"))));
        } catch (IllegalArgumentException rangeOrPort) {
            return true;
        }
    }

    private static SortedSet<Cidr> cidrs(List<String> texts) {
        var cidrs = new TreeSet<Cidr>();
        for (String text : texts) {
            cidrs.add(Cidr.parse(text));
        }
        return cidrs;
    }
}
