// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.plan.Conflist;
import io.selvedge.plan.FilterResource;
import io.selvedge.plan.IpResource;
import io.selvedge.sim.ike.IkeDaemon;
import io.selvedge.sim.machine.Faults;
import io.selvedge.sim.machine.Fuse;
import io.selvedge.sim.machine.KernelPart;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A machine: its kernel and its IKE daemons. They outlive the process of the node, and not a
 * reboot.
 */
public final class Machine {
    private final KernelPart<IpResource> ip;
    private final KernelPart<FilterResource> filter;
    private final KernelPart<Conflist> cni;
    private final KernelPart<IpResource> paths;
    private final Faults relayFaults;
    private final Faults directFaults;
    private final IkeDaemon relay;
    private final @Nullable IkeDaemon direct;
    private @Nullable KernelTables tables;
    private long tablesOf = -1;
    private boolean on;

    /**
     * @param direct null on a connector
     */
    Machine(Fuse fuse, IkeDaemon relay, @Nullable IkeDaemon direct) {
        this.ip = new KernelPart<>("ip", new Faults(fuse));
        this.filter = new KernelPart<>("nft", new Faults(fuse));
        this.cni = new KernelPart<>("cni", new Faults(fuse));
        this.paths = new KernelPart<>("ip", new Faults(fuse));
        this.relayFaults = new Faults(fuse);
        this.directFaults = new Faults(fuse);
        this.relay = relay;
        this.direct = direct;
    }

    public KernelPart<IpResource> ip() {
        return ip;
    }

    public KernelPart<FilterResource> filter() {
        return filter;
    }

    public KernelPart<Conflist> cni() {
        return cni;
    }

    public KernelPart<IpResource> paths() {
        return paths;
    }

    public IkeDaemon relay() {
        return relay;
    }

    public @Nullable IkeDaemon direct() {
        return direct;
    }

    Faults relayFaults() {
        return relayFaults;
    }

    Faults directFaults() {
        return directFaults;
    }

    /** The daemon behind a UDP port. */
    @Nullable IkeDaemon daemon(int port) {
        if (relay.port() == port) {
            return relay;
        }
        return direct != null && direct.port() == port ? direct : null;
    }

    public boolean isOn() {
        return on;
    }

    void switchOn() {
        on = true;
        relay.start();
        if (direct != null) {
            direct.start();
        }
    }

    void switchOff() {
        on = false;
        ip.clear();
        filter.clear();
        cni.clear();
        paths.clear();
        relay.stop();
        if (direct != null) {
            direct.stop();
        }
    }

    /** No driver does wrong any more. */
    void mend() {
        faults().forEach(Faults::cease);
    }

    /** Whether a driver said that it did what it did not, and that is not made up for yet. */
    public boolean isLying() {
        return faults().anyMatch(Faults::isLying);
    }

    /** Whether that has not even been seen yet. */
    public boolean isUndetected() {
        return faults().anyMatch(Faults::isUndetected);
    }

    private Stream<Faults> faults() {
        return Stream.of(
                ip.faults(),
                filter.faults(),
                cni.faults(),
                paths.faults(),
                relayFaults,
                directFaults);
    }

    /** Whether routes and filter both say that they stand and do not: then nothing can close. */
    public boolean isBlindlyOpen() {
        return ip.faults().isLying() && filter.faults().isLying();
    }

    /** Grows with every change to what packets meet here. */
    public long changes() {
        return kernelChanges() + relay.changes() + (direct == null ? 0 : direct.changes());
    }

    private long kernelChanges() {
        return ip.changes() + filter.changes() + cni.changes() + paths.changes();
    }

    /** What packets meet in the kernel. */
    public KernelTables tables() {
        var known = tables;
        long changes = kernelChanges();
        if (known == null || tablesOf != changes) {
            known = KernelTables.of(this);
            tables = known;
            tablesOf = changes;
        }
        return known;
    }

    static boolean holds(Iterable<Cidr> cidrs, IpAddress address) {
        for (var cidr : cidrs) {
            if (cidr.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
