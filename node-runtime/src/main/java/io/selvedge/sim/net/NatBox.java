// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.net;

import io.selvedge.model.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A NAT before a site (RFC 4787): one mapping for each inner address and port, whoever it speaks
 * to; forgotten when idle, or when the box is switched off and on.
 */
final class NatBox {
    private static final int FIRST_PORT = 20_000;

    private final IpAddress outside;
    private final long timeoutMillis;
    private final boolean strict;
    private final Map<Spot, Mapping> byInside = new HashMap<>();
    private final Map<Integer, Mapping> byPort = new HashMap<>();
    private int nextPort = FIRST_PORT;

    /**
     * @param strict lets in only whom an inside spot has sent something
     */
    NatBox(IpAddress outside, long timeoutMillis, boolean strict) {
        this.outside = outside;
        this.timeoutMillis = timeoutMillis;
        this.strict = strict;
    }

    private static final class Mapping {
        private final Spot inside;
        private final int port;
        private final Set<Spot> contacted = new HashSet<>();
        private long usedAt;

        Mapping(Spot inside, int port) {
            this.inside = inside;
            this.port = port;
        }
    }

    IpAddress outside() {
        return outside;
    }

    /** What a packet from inside looks like to the world. */
    Spot translate(Spot inside, Spot to, long now) {
        var mapping = byInside.get(inside);
        if (mapping == null || now - mapping.usedAt > timeoutMillis) {
            if (mapping != null) {
                byPort.remove(mapping.port);
            }
            mapping = new Mapping(inside, nextPort++);
            byInside.put(inside, mapping);
            byPort.put(mapping.port, mapping);
        }
        mapping.usedAt = now;
        mapping.contacted.add(to);
        return new Spot(outside, mapping.port);
    }

    /** What a packet from inside would look like; remembers nothing. */
    Spot seen(Spot inside, long now) {
        var mapping = byInside.get(inside);
        if (mapping == null || now - mapping.usedAt > timeoutMillis) {
            return new Spot(outside, nextPort);
        }
        return new Spot(outside, mapping.port);
    }

    /** The inner spot that a packet from the world is for; null when it is dropped. */
    @Nullable Spot admit(int port, Spot from, long now) {
        var mapping = byPort.get(port);
        if (mapping == null || now - mapping.usedAt > timeoutMillis) {
            return null;
        }
        return !strict || mapping.contacted.contains(from) ? mapping.inside : null;
    }

    void forget() {
        byInside.clear();
        byPort.clear();
    }
}
