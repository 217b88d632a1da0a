// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.lan;

import io.selvedge.model.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announcements to and from the LANs of this machine, by IPv4 multicast that no router passes on
 * (RFC 2365, time to live 1). A datagram that cannot be sent is lost, as any may be. Thread-safe.
 */
public final class LanSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LanSocket.class);
    private static final String GROUP = "239.255.83.86";
    private static final int DATAGRAM_MAX = 64 * 1024;

    private final DatagramChannel channel;
    private final InetAddress group;
    private final int port;
    private final Set<String> ownDevices;
    private final Map<String, MembershipKey> joined = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable LanSeal seal;

    private LanSocket(DatagramChannel channel, int port, Set<String> ownDevices)
            throws IOException {
        this.channel = channel;
        this.group = InetAddress.getByName(GROUP);
        this.port = port;
        this.ownDevices = Set.copyOf(ownDevices);
    }

    /**
     * Listens on every device that carries multicast, also on those that come later.
     *
     * @param ownDevices not to listen on: those that Selvedge made
     * @param overheard told what was opened, by a thread of the socket's own
     */
    public static LanSocket open(int port, Set<String> ownDevices, Consumer<Bytes> overheard)
            throws IOException {
        var channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
            channel.bind(new InetSocketAddress(InetAddress.getByName(GROUP), port));
        } catch (IOException notYet) {
            channel.close();
            throw notYet;
        }
        var socket = new LanSocket(channel, port, ownDevices);
        Thread.ofPlatform().daemon().name("lan-socket").start(() -> socket.listen(overheard));
        return socket;
    }

    /** From now on seals and opens with this key; before the first, nothing is sent or heard. */
    public void key(Bytes key) {
        seal = new LanSeal(key, random);
    }

    /** Listens on the devices that came up, and no more on those that went. */
    public synchronized void look() throws IOException {
        var present = new HashMap<String, NetworkInterface>();
        NetworkInterface.networkInterfaces()
                .filter(besides(ownDevices))
                .forEach(device -> present.put(device.getName(), device));
        joined.entrySet()
                .removeIf(each -> {
                    var device = present.get(each.getKey());
                    boolean gone =
                            device == null || !device.equals(each.getValue().networkInterface());
                    if (gone) {
                        each.getValue().drop();
                    }
                    return gone;
                });
        for (var device : present.values()) {
            if (!joined.containsKey(device.getName())) {
                join(device);
            }
        }
    }

    /** A device that cannot be joined now keeps nobody from the others. */
    private void join(NetworkInterface device) {
        try {
            joined.put(device.getName(), channel.join(group, device));
        } catch (IOException notNow) {
            LOG.atDebug()
                    .addKeyValue("device", device.getName())
                    .log("not listening yet: {}", notNow.getMessage());
        }
    }

    public synchronized void announce(Bytes announcement) {
        var sealing = seal;
        if (sealing == null) {
            return;
        }
        for (var membership : joined.values()) {
            var device = membership.networkInterface();
            try {
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, device);
                channel.send(
                        ByteBuffer.wrap(sealing.seal(announcement).toArray()),
                        new InetSocketAddress(group, port));
            } catch (IOException lost) {
                LOG.atDebug()
                        .addKeyValue("device", device.getName())
                        .log("announcement lost: {}", lost.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Predicate<NetworkInterface> besides(Set<String> ownDevices) {
        return device -> {
            try {
                return device.isUp()
                        && !device.isLoopback()
                        && device.supportsMulticast()
                        && !ownDevices.contains(device.getName())
                        && device.inetAddresses().anyMatch(a -> a.getAddress().length == 4);
            } catch (IOException gone) {
                return false;
            }
        };
    }

    private void listen(Consumer<Bytes> overheard) {
        var buffer = ByteBuffer.allocate(DATAGRAM_MAX);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                channel.receive(buffer);
                var bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                var opening = seal;
                var opened = opening == null ? null : opening.open(Bytes.of(bytes));
                if (opened != null) {
                    overheard.accept(opened);
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException lost) {
                LOG.atDebug().log("announcement lost: {}", lost.getMessage());
            }
        }
    }
}
