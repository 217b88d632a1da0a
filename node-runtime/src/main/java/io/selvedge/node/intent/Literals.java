// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Names, addresses and prefixes as manifests write them; stricter than the model's own parsing. */
final class Literals {
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL_VALUE =
            Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern DOTTED =
            Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private Literals() {}

    /** An RFC 1123 subdomain, as Kubernetes names its objects. */
    static String name(YamlField field) throws ManifestFault {
        String text = field.text();
        if (text.length() > 253 || !SUBDOMAIN.matcher(text).matches()) {
            throw field.fault(
                    "'" + text + "' is not a name",
                    "use lower-case letters, digits, '-' and '.', at most 253 of them");
        }
        return text;
    }

    /** A name without dots, so that {@code cluster.node} has one reading. */
    static String clusterName(YamlField field) throws ManifestFault {
        String text = field.text();
        if (text.length() > 63 || !DNS_LABEL.matcher(text).matches()) {
            throw field.fault(
                    "'" + text + "' is not a cluster name",
                    "use lower-case letters, digits and '-', at most 63 of them");
        }
        return text;
    }

    /** The value of a label or a uid; empty is allowed and means absent. */
    static String labelValue(Located<String> label) throws ManifestFault {
        String text = label.value();
        if (!text.isEmpty() && (text.length() > 63 || !LABEL_VALUE.matcher(text).matches())) {
            throw new ManifestFault(
                    label.place()
                            .error(
                                    "'" + text + "' is not a label value",
                                    "use letters, digits, '-', '_' and '.', at most 63 of them"));
        }
        return text;
    }

    static List<Located<Cidr>> cidrs(YamlField list) throws ManifestFault {
        var cidrs = new ArrayList<Located<Cidr>>();
        for (var item : list.items()) {
            cidrs.add(cidr(item));
        }
        return cidrs;
    }

    static Located<Cidr> cidr(YamlField field) throws ManifestFault {
        String text = field.text();
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9]\\d{0,2}")) {
            throw field.fault("'" + text + "' is not a CIDR", "write it as 10.244.1.0/24");
        }
        var base = address(new Located<>(text.substring(0, slash), field.place()));
        int length = Integer.parseInt(text.substring(slash + 1));
        if (length > base.bits()) {
            throw field.fault(
                    "'" + text + "' has a prefix length over " + base.bits(),
                    "write a length from 0 to " + base.bits());
        }
        try {
            return new Located<>(new Cidr(base, length), field.place());
        } catch (IllegalArgumentException hostBits) {
            String said = String.valueOf(hostBits.getMessage());
            int semicolon = said.indexOf("; ");
            throw field.fault(
                    said.substring(0, semicolon < 0 ? said.length() : semicolon),
                    semicolon < 0 ? "write the base address" : said.substring(semicolon + 2));
        }
    }

    static IpAddress address(Located<String> literal) throws ManifestFault {
        String text = literal.value();
        boolean plausible =
                text.indexOf(':') >= 0 ? text.indexOf('%') < 0 : DOTTED.matcher(text).matches();
        if (plausible) {
            try {
                return IpAddress.parse(text);
            } catch (IllegalArgumentException notAnAddress) {
                // falls through to the one error below
            }
        }
        throw new ManifestFault(
                literal.place()
                        .error(
                                "'" + text + "' is not an IP address",
                                "write it as 10.99.2.2 or 2001:db8::2"));
    }

    /** An address of the underlay that others may send to. */
    static IpAddress reachable(Located<String> literal) throws ManifestFault {
        var address = address(literal);
        InetAddress inet = address.toInetAddress();
        if (inet.isAnyLocalAddress()
                || inet.isLoopbackAddress()
                || inet.isLinkLocalAddress()
                || inet.isMulticastAddress()) {
            throw new ManifestFault(
                    literal.place()
                            .error(
                                    "'" + literal.value() + "' cannot be reached from elsewhere",
                                    "write an address by which other nodes reach this one"));
        }
        return address;
    }
}
