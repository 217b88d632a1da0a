// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import io.selvedge.actors.persistence.Claim;
import io.selvedge.cluster.TlsStores;
import io.selvedge.model.IpAddress;
import io.selvedge.pki.CertificateAuthority;
import io.selvedge.pki.IkeKeys;
import io.selvedge.pki.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Where a cloud node is.
 *
 * @param all addresses of the cluster's cloud nodes, which share one port
 */
public record Place(IpAddress address, List<IpAddress> all, int port, TlsStores stores) {
    private static final Instant TODAY = Instant.parse("2026-11-22T12:00:00Z");

    /** Places for several, with a free port and keys of their own. */
    public static List<Place> onLoopback(String prefix, int count, Path folder) throws IOException {
        var random = new SecureRandom();
        var authority = CertificateAuthority.create("test", TODAY, random);
        var all =
                IntStream.rangeClosed(1, count)
                        .mapToObj(number -> IpAddress.parse(prefix + number))
                        .toList();
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(prefix + 1))) {
            port = socket.getLocalPort();
        }
        var places = new ArrayList<Place>();
        for (var address : all) {
            var stores = stores(authority, address, folder, random);
            places.add(new Place(address, all, port, stores));
        }
        return places;
    }

    /** To share a journal with the others. */
    public Claim claim() {
        var names = all.stream().map(IpAddress::toString).toList();
        return new Claim("fabric-1", address.toString(), new TreeSet<>(names));
    }

    private static TlsStores stores(
            CertificateAuthority authority, IpAddress address, Path folder, SecureRandom random)
            throws IOException {
        var keys = IkeKeys.generate(random);
        var holder = new CertificateAuthority.Holder("test", address.toString(), address);
        var certificate = authority.issue(holder, keys.ikeKey(), TODAY, random);
        var identity = new TlsIdentity(keys.privateKey(), certificate, authority.certificate());
        var own = Files.createDirectory(folder.resolve(address.toString()));
        return TlsStores.write(own, identity, random);
    }
}
