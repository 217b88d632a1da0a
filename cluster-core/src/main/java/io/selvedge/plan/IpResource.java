// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;

/** What Selvedge keeps in the kernel's IP stack, beside the tunnels and the filter. */
public sealed interface IpResource extends Resource {
    /** The TOS of probes of direct paths: a code point that nobody assigned (RFC 2474). */
    int PROBE_TOS = 0x14;

    /** Our own device: a bridge without ports, up. It holds addresses and no traffic. */
    record Device(String name) implements IpResource {
        @Override
        public String key() {
            return "device " + name;
        }
    }

    /** A local address, as /32 or /128, on our own device. */
    record Address(IpAddress address, String device) implements IpResource {
        @Override
        public String key() {
            return "address " + address + " dev " + device;
        }
    }

    /** Packets to an own pod CIDR are routed by the main table, before any tunnel's. */
    record RuleToMain(Cidr to, int priority) implements IpResource {
        @Override
        public String key() {
            return "rule to " + to + " lookup main priority " + priority;
        }
    }

    /** All packets are routed by another table, if it has a route. */
    record RuleToTable(int table, int priority) implements IpResource {
        @Override
        public String key() {
            return "rule lookup " + table + " priority " + priority;
        }
    }

    /**
     * Probes of direct paths, known by the node's own address and a TOS of their own, are routed by
     * a table that holds direct tunnels only. An echo keeps its TOS, so its answer is, too.
     */
    record ProbeRule(IpAddress from, int table, int priority) implements IpResource {
        @Override
        public String key() {
            return "probes from %s lookup %d priority %d".formatted(from, table, priority);
        }
    }

    /** Probes of direct paths go no other way. */
    record ProbeStop(IpAddress from, int priority) implements IpResource {
        @Override
        public String key() {
            return "probes from %s unreachable priority %d".formatted(from, priority);
        }
    }

    /** A path that carries: packets to a prefix of a peer go by its direct tunnel. */
    record PathRoute(Cidr to, String device, IpAddress source) implements IpResource {
        @Override
        public String key() {
            return "path " + to + " dev " + device + " src " + source;
        }
    }

    /** Fail closed: where no tunnel leads, the prefix is unreachable (last metric, main table). */
    record Unreachable(Cidr to) implements IpResource {
        @Override
        public String key() {
            return "unreachable " + to;
        }
    }

    /** Service addresses are routed to our own device, so that the host's own packets translate. */
    record DeviceRoute(Cidr to, String device) implements IpResource {
        @Override
        public String key() {
            return "route " + to + " dev " + device;
        }
    }

    /** A kernel setting, named with dots as sysctl(8) does, below {@code net.}. */
    record Sysctl(String name, String value) implements IpResource {
        @Override
        public String key() {
            return "sysctl " + name + "=" + value;
        }
    }
}
