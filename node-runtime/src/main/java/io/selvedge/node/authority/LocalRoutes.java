// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The IPv4 prefixes that this host reaches already: its main routing table and its own addresses.
 * The fabric's prefix is drawn beside them.
 */
public final class LocalRoutes {
    private static final Path TABLE = Path.of("/proc/net/route");

    private LocalRoutes() {}

    public static SortedSet<Cidr> read() throws IOException {
        var routes = new TreeSet<Cidr>();
        if (Files.exists(TABLE)) {
            routes.addAll(parse(Files.readString(TABLE)));
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getAddress)
                    .filter(address -> address.length == 4)
                    .forEach(address -> routes.add(IpAddress.of(address).asCidr()));
        } catch (SocketException noInterfaces) {
            throw new IOException("the host's addresses cannot be listed", noInterfaces);
        }
        return routes;
    }

    /** Parses {@code /proc/net/route}: hexadecimal numbers in the byte order of the machine. */
    static SortedSet<Cidr> parse(String table) {
        var routes = new TreeSet<Cidr>();
        table.lines()
                .skip(1)
                .map(line -> line.split("\\s+"))
                .filter(fields -> fields.length > 7)
                .forEach(fields -> {
                    int mask = Integer.parseUnsignedInt(fields[7], 16);
                    routes.add(new Cidr(address(fields[1]), Integer.bitCount(mask)));
                });
        return routes;
    }

    private static IpAddress address(String littleEndianHex) {
        int number = Integer.parseUnsignedInt(littleEndianHex, 16);
        return IpAddress.of(
                new byte[] {
                    (byte) number,
                    (byte) (number >>> 8),
                    (byte) (number >>> 16),
                    (byte) (number >>> 24)
                });
    }
}
