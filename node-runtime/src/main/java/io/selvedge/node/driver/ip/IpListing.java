// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ip;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.plan.IpResource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what {@code ip -j} prints, and keeps what is ours. */
final class IpListing {
    private IpListing() {}

    static List<Map<String, Object>> objects(String json) throws IOException {
        if (json.isBlank()) {
            return List.of();
        }
        return JSON.std.listFrom(json).stream().map(IpListing::object).toList();
    }

    /** Our devices that are up, and their addresses, from {@code ip -j -d address show}. */
    static Stream<IpResource> devices(List<Map<String, Object>> links) {
        return links.stream()
                .filter(IpListing::isOurs)
                .flatMap(link -> {
                    var name = text(link, "ifname");
                    var device = Stream.<IpResource>of(new IpResource.Device(name));
                    var addresses =
                            list(link, "addr_info").stream()
                                    .map(IpListing::object)
                                    .filter(entry -> text(entry, "scope").equals("global"))
                                    .flatMap(entry -> address(entry, name));
                    return Stream.concat(
                            list(link, "flags").contains("UP") ? device : Stream.of(), addresses);
                });
    }

    static Stream<String> bridges(List<Map<String, Object>> links) {
        return links.stream()
                .filter(link ->
                        link.get("linkinfo") instanceof Map<?, ?> kind
                                && "bridge".equals(kind.get("info_kind")))
                .map(link -> text(link, "ifname"));
    }

    /** From {@code ip -j route show table main proto 83}, of one family. */
    static Stream<IpResource> routes(List<Map<String, Object>> routes, boolean v6) {
        return routes.stream()
                .flatMap(route -> {
                    var to = cidr(text(route, "dst"), null, v6);
                    return switch (text(route, "type")) {
                        case "unreachable" ->
                                number(route, "metric") == IpBatch.METRIC_UNREACHABLE
                                        ? Stream.of(new IpResource.Unreachable(to))
                                        : Stream.of();
                        case "" -> Stream.of(new IpResource.DeviceRoute(to, text(route, "dev")));
                        default -> Stream.of();
                    };
                });
    }

    /** From {@code ip -j -d rule show}, of one family. */
    static Stream<IpResource> rules(List<Map<String, Object>> rules, boolean v6) {
        return rules.stream()
                .filter(rule -> text(rule, "protocol").equals("" + IpBatch.PROTOCOL))
                .flatMap(rule -> rule(rule, v6));
    }

    private static Stream<IpResource> rule(Map<String, Object> rule, boolean v6) {
        int priority = (int) number(rule, "priority");
        var table = text(rule, "table");
        if (table.equals("main") && rule.containsKey("dst")) {
            var to = cidr(text(rule, "dst"), rule.get("dstlen"), v6);
            return Stream.of(new IpResource.RuleToMain(to, priority));
        }
        if (v6) {
            return Stream.of();
        }
        if (number(rule, "tos") == IpResource.PROBE_TOS) {
            var from = IpAddress.parse(text(rule, "src"));
            return text(rule, "action").equals("unreachable")
                    ? Stream.of(new IpResource.ProbeStop(from, priority))
                    : Stream.of(new IpResource.ProbeRule(from, Integer.parseInt(table), priority));
        }
        return table.matches("[0-9]+") && text(rule, "src").equals("all")
                ? Stream.of(new IpResource.RuleToTable(Integer.parseInt(table), priority))
                : Stream.of();
    }

    /** From {@code ip -j route show table 219 proto 83}, of one family. */
    static Stream<IpResource> paths(List<Map<String, Object>> routes, boolean v6) {
        return routes.stream()
                .filter(route -> route.containsKey("dev") && route.containsKey("prefsrc"))
                .map(route ->
                        new IpResource.PathRoute(
                                cidr(text(route, "dst"), null, v6),
                                text(route, "dev"),
                                IpAddress.parse(text(route, "prefsrc"))));
    }

    private static boolean isOurs(Map<String, Object> link) {
        return text(link, "ifalias").equals(IpBatch.ALIAS);
    }

    private static Stream<IpResource> address(Map<String, Object> entry, String device) {
        var address = IpAddress.parse(text(entry, "local"));
        return number(entry, "prefixlen") == address.bits()
                ? Stream.of(new IpResource.Address(address, device))
                : Stream.of();
    }

    /** ip(8) leaves the length away for a single address and says "default" for everything. */
    private static Cidr cidr(String text, @Nullable Object length, boolean v6) {
        if (text.equals("default")) {
            return Cidr.parse(v6 ? "::/0" : "0.0.0.0/0");
        }
        if (text.contains("/")) {
            return Cidr.parse(text);
        }
        var address = IpAddress.parse(text);
        return length instanceof Number bits
                ? new Cidr(address, bits.intValue())
                : address.asCidr();
    }

    private static String text(Map<String, Object> object, String name) {
        return Objects.toString(object.get(name), "");
    }

    private static long number(Map<String, Object> object, String name) {
        return switch (object.get(name)) {
            case Number number -> number.longValue();
            case String hex when hex.startsWith("0x") -> Long.decode(hex);
            case null, default -> -1;
        };
    }

    private static List<?> list(Map<String, Object> object, String name) {
        return object.get(name) instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked") // the names of a JSON object are always text
    private static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }
}
