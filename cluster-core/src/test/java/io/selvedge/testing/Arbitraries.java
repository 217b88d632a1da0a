// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.testing;

import static net.jqwik.api.Arbitraries.bytes;
import static net.jqwik.api.Arbitraries.integers;
import static net.jqwik.api.Arbitraries.longs;
import static net.jqwik.api.Arbitraries.maps;
import static net.jqwik.api.Arbitraries.oneOf;
import static net.jqwik.api.Arbitraries.strings;

import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Made-up values of the model, for properties. */
public final class Arbitraries {
    private static final Map<Class<?>, Arbitrary<Payload>> PAYLOADS =
            Map.of(
                    Payload.FabricSettings.class, any(fabricSettings()),
                    Payload.NodeGrant.class, any(nodeGrants()),
                    Payload.Community.class, any(communities()),
                    Payload.Endpoint.class, any(endpoints()),
                    Payload.Observation.class, any(observations()),
                    Payload.Revocation.class, any(revocations()),
                    Payload.TrustBundle.class, any(trustBundles()),
                    Payload.Roster.class, any(rosters()),
                    Payload.ServiceSpec.class, any(services()));

    private Arbitraries() {}

    public static Arbitrary<Bytes> bytesOf(int size) {
        return bytes().array(byte[].class).ofSize(size).map(Bytes::of);
    }

    public static Arbitrary<String> names() {
        return strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(12);
    }

    /** Unicode too, and empty. */
    public static Arbitrary<String> texts() {
        return oneOf(
                names(), net.jqwik.api.Arbitraries.of("", "größe", "节点-1", "\ud83e\uddf5", " "));
    }

    public static Arbitrary<Subject> subjects() {
        return Combinators.combine(net.jqwik.api.Arbitraries.of("beijing", "shanghai"), names())
                .as(Subject::new);
    }

    public static Arbitrary<RecordKey> recordKeys() {
        return bytesOf(32).map(RecordKey::new);
    }

    public static Arbitrary<IkeKey> ikeKeys() {
        return bytesOf(91).map(IkeKey::new);
    }

    public static Arbitrary<Version> versions() {
        return Combinators.combine(longs().greaterOrEqual(0), longs().greaterOrEqual(0))
                .as(Version::new);
    }

    public static Arbitrary<Scope> scopes() {
        return oneOf(
                net.jqwik.api.Arbitraries.of(new Scope.Fabric()),
                names().map(Scope.Site::new),
                names().map(Scope.OfCommunity::new),
                names().map(Scope.OfService::new),
                subjects().map(Scope.OfNode::new));
    }

    /** Of both families; never IPv4-mapped, which is no address of its own. */
    public static Arbitrary<IpAddress> addresses() {
        var v6 = bytesOf(15).map(rest -> IpAddress.of(prefixed((byte) 0xfd, rest.toArray())));
        return oneOf(bytesOf(4).map(IpAddress::new), v6);
    }

    public static Arbitrary<Cidr> cidrs() {
        return addresses()
                .flatMap(address ->
                        integers()
                                .between(0, address.bits())
                                .map(length -> masked(address, length)));
    }

    /** A payload of any kind. */
    public static Arbitrary<Payload> payloads() {
        return oneOf(List.copyOf(PAYLOADS.values()));
    }

    /** Payloads of one kind; fails for a kind that nobody made up yet. */
    public static Arbitrary<Payload> payloads(Class<?> kind) {
        var arbitrary = PAYLOADS.get(kind);
        if (arbitrary == null) {
            throw new AssertionError("add " + kind + " to Arbitraries");
        }
        return arbitrary;
    }

    public static Arbitrary<Payload.FabricSettings> fabricSettings() {
        var connectors =
                maps(subjects(), addresses().list().ofMaxSize(3)).ofMaxSize(3).map(TreeMap::new);
        return Combinators.combine(
                        names(), sets(cidrs()), sets(cidrs()), cidrs(), connectors, mtus())
                .as(Payload.FabricSettings::new);
    }

    public static Arbitrary<Payload.NodeGrant> nodeGrants() {
        var identity = Combinators.combine(recordKeys(), ikeKeys()).as(Map::entry);
        var places = Combinators.combine(texts(), texts(), texts()).as(List::of);
        var links = Combinators.combine(sets(names()), sets(subjects())).as(Map::entry);
        return Combinators.combine(
                        names(),
                        sets(net.jqwik.api.Arbitraries.of(Role.class)),
                        places,
                        addresses(),
                        sets(cidrs()),
                        addresses().list().ofMaxSize(3),
                        links,
                        identity)
                .as((name, roles, place, fabric, pods, publics, linked, keys) ->
                        new Payload.NodeGrant(
                                name,
                                roles,
                                place.get(0),
                                place.get(1),
                                place.get(2),
                                fabric,
                                pods,
                                publics,
                                linked.getKey(),
                                linked.getValue(),
                                keys.getKey(),
                                keys.getValue()));
    }

    public static Arbitrary<Payload.Community> communities() {
        return Combinators.combine(names(), sets(subjects())).as(Payload.Community::new);
    }

    public static Arbitrary<Payload.Endpoint> endpoints() {
        var addresses = addresses().list().ofMaxSize(Payload.Endpoint.MAX_ADDRESSES);
        return Combinators.combine(addresses, ports(), texts(), longs().greaterOrEqual(0))
                .as(Payload.Endpoint::new);
    }

    public static Arbitrary<Payload.Observation> observations() {
        return Combinators.combine(addresses(), ports(), net.jqwik.api.Arbitraries.of(true, false))
                .as(Payload.Observation::new);
    }

    public static Arbitrary<Payload.Revocation> revocations() {
        return Combinators.combine(recordKeys(), texts()).as(Payload.Revocation::new);
    }

    public static Arbitrary<Payload.TrustBundle> trustBundles() {
        return maps(recordKeys(), limits())
                .ofMaxSize(4)
                .map(keys ->
                        new Payload.TrustBundle(
                                keys.entrySet().stream()
                                        .map(key ->
                                                new Payload.TrustBundle.Authority(
                                                        key.getKey(), key.getValue()))
                                        .toList()));
    }

    private static Arbitrary<Limits> limits() {
        Arbitrary<Limits> ofSites =
                Combinators.combine(sets(names()), sets(cidrs()), cidrs()).as(Limits.OfSites::new);
        return oneOf(net.jqwik.api.Arbitraries.of(new Limits.Everything()), ofSites);
    }

    public static Arbitrary<Payload.Roster> rosters() {
        var slices = integers().between(1, Integer.MAX_VALUE);
        return Combinators.combine(longs().greaterOrEqual(1), slices, sets(bytesOf(16)))
                .as((publication, count, live) ->
                        new Payload.Roster(publication, count - 1, count, live));
    }

    public static Arbitrary<Payload.ServiceSpec> services() {
        var port =
                Combinators.combine(names(), names(), ports(), ports(), integers().between(0, 9))
                        .as(Payload.ServiceSpec.Port::new);
        var pod = Combinators.combine(subjects(), names()).as(Payload.ServiceSpec.Pod::new);
        return Combinators.combine(
                        names(),
                        names(),
                        addresses().list().ofMaxSize(2),
                        sets(port),
                        integers().between(0, 86_400),
                        net.jqwik.api.Arbitraries.of(Payload.ServiceSpec.Distribution.class),
                        sets(pod))
                .as(Payload.ServiceSpec::new);
    }

    private static Arbitrary<Payload> any(Arbitrary<? extends Payload> payloads) {
        return payloads.map(payload -> payload);
    }

    private static Arbitrary<Integer> ports() {
        return integers().between(1, 65_535);
    }

    private static Arbitrary<Integer> mtus() {
        return integers().between(576, 65_535);
    }

    private static <T extends Comparable<? super T>> Arbitrary<SortedSet<T>> sets(
            Arbitrary<T> elements) {
        return elements.list().ofMaxSize(4).map(list -> new TreeSet<>(new ArrayList<>(list)));
    }

    private static byte[] prefixed(byte first, byte[] rest) {
        byte[] bytes = new byte[rest.length + 1];
        bytes[0] = first;
        System.arraycopy(rest, 0, bytes, 1, rest.length);
        return bytes;
    }

    private static Cidr masked(IpAddress address, int length) {
        byte[] bytes = address.bytes().toArray();
        for (int bit = length; bit < address.bits(); bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return new Cidr(IpAddress.of(bytes), length);
    }
}
