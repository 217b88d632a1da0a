// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node says about itself, as far as the lab reads it.
 *
 * @param document the whole answer
 * @param operations by driver, since the JVM started
 * @param refusals what arrived and was not taken in, counted by cause
 */
public record NodeStatus(
        String node,
        List<String> roles,
        String site,
        String fabricAddress,
        boolean converged,
        List<Tunnel> tunnels,
        Map<String, Operations> operations,
        SortedMap<String, Long> refusals,
        Map<String, Object> document) {

    /**
     * A tunnel to a peer.
     *
     * @param path direct, lan, relay or none
     * @param ikeIds of the IKE SAs; like those of the child SAs, any new negotiation changes them
     * @param operations what the IPsec driver did to this tunnel since the JVM started; -1 when the
     *     node does not say
     */
    public record Tunnel(
            String peer,
            String state,
            String path,
            List<String> ikeIds,
            List<String> childIds,
            long operations) {
        public boolean isDirect() {
            return state.equals("up") && (path.equals("direct") || path.equals("lan"));
        }

        public String ids() {
            return "ike " + String.join(",", ikeIds) + " child " + String.join(",", childIds);
        }
    }

    /** How often a driver changed something, and why last. */
    public record Operations(long count, String lastCause) {}

    public @Nullable Tunnel tunnel(String peer) {
        return tunnels.stream().filter(one -> one.peer().equals(peer)).findFirst().orElse(null);
    }

    static NodeStatus of(Map<String, Object> document) {
        var tunnels =
                list(document, "tunnels").stream()
                        .map(NodeStatus::map)
                        .map(one ->
                                new Tunnel(
                                        text(one, "peer"),
                                        text(one, "state"),
                                        text(one, "path"),
                                        texts(one, "ikeIds"),
                                        texts(one, "childIds"),
                                        number(one, "operations", -1)))
                        .toList();
        var operations = new TreeMap<String, Operations>();
        map(document.get("operations"))
                .forEach((driver, value) -> {
                    var one = map(value);
                    long count = one.get("count") instanceof Number number ? number.longValue() : 0;
                    operations.put(driver, new Operations(count, text(one, "lastCause")));
                });
        var refusals = new TreeMap<String, Long>();
        map(document.get("refusals"))
                .forEach((cause, count) -> {
                    if (count instanceof Number number) {
                        refusals.put(cause, number.longValue());
                    }
                });
        return new NodeStatus(
                text(document, "node"),
                texts(document, "roles"),
                text(document, "site"),
                text(document, "fabricAddress"),
                Boolean.TRUE.equals(document.get("converged")),
                tunnels,
                operations,
                refusals,
                document);
    }

    private static List<?> list(Map<String, Object> map, String field) {
        return map.get(field) instanceof List<?> list ? list : List.of();
    }

    private static List<String> texts(Map<String, Object> map, String field) {
        return list(map, field).stream().map(String::valueOf).sorted().toList();
    }

    private static long number(Map<String, Object> map, String field, long otherwise) {
        return map.get(field) instanceof Number number ? number.longValue() : otherwise;
    }

    private static String text(Map<String, Object> map, String field) {
        var value = map.get(field);
        return value == null ? "" : value.toString();
    }

    @SuppressWarnings("unchecked") // the keys of JSON objects are strings
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
