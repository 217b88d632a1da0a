// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.ike;

import io.selvedge.model.IkeKey;
import io.selvedge.node.driver.IpsecBackend;
import io.selvedge.paths.Association;
import io.selvedge.plan.Diff;
import io.selvedge.plan.IpsecResource;
import io.selvedge.sim.machine.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The IPsec port over an {@link IkeDaemon}. */
public final class IkeBackend implements IpsecBackend {
    private final IkeDaemon daemon;
    private final IkeKey own;
    private final Faults faults;

    /**
     * @param own the only key whose private half the node holds
     */
    public IkeBackend(IkeDaemon daemon, IkeKey own, Faults faults) {
        this.daemon = daemon;
        this.own = own;
        this.faults = faults;
    }

    @Override
    public String name() {
        return "ipsec";
    }

    @Override
    public SortedSet<String> observe() throws IOException {
        faults.observing();
        return new TreeSet<>(held());
    }

    @Override
    public void apply(Diff<IpsecResource> diff) throws IOException {
        int doable = faults.doable(diff.size());
        for (var planned : diff.add()) {
            if (doable-- <= 0) {
                break;
            }
            faults.step();
            switch (planned.resource()) {
                case IpsecResource.OwnKey(var key) -> {
                    if (!key.equals(own)) {
                        throw new IOException("the daemon has no such private key");
                    }
                    daemon.keys().add(key);
                }
                case IpsecResource.Connection connection ->
                        daemon.connections().put(connection.name(), connection);
            }
        }
        for (String key : diff.remove()) {
            if (doable-- <= 0) {
                break;
            }
            faults.step();
            daemon.keys().removeIf(held -> new IpsecResource.OwnKey(held).key().equals(key));
            daemon.connections().values().removeIf(connection -> connection.key().equals(key));
        }
        faults.done(diff.size(), () -> holds(diff));
    }

    @Override
    public List<Association> associations() throws IOException {
        faults.answering();
        return daemon.sas().stream().map(IkeBackend::view).toList();
    }

    @Override
    public void initiate(IpsecResource.Connection connection) throws IOException {
        faults.step();
        faults.answering();
        if (!daemon.connections().containsKey(connection.name())) {
            throw new IOException("initiate: no connection " + connection.name());
        }
        daemon.initiate(connection);
    }

    @Override
    public void terminate(long id) throws IOException {
        faults.step();
        faults.answering();
        daemon.terminate(id);
    }

    @Override
    public void onChange(Runnable listener) {
        daemon.onChange(listener);
    }

    @Override
    public void onReturn(Runnable listener) {
        daemon.onReturn(listener);
    }

    private boolean holds(Diff<IpsecResource> diff) {
        var held = held();
        return diff.add().stream().allMatch(planned -> held.contains(planned.resource().key()))
                && diff.remove().stream().noneMatch(held::contains);
    }

    private Set<String> held() {
        var held = new TreeSet<String>();
        daemon.keys().forEach(key -> held.add(new IpsecResource.OwnKey(key).key()));
        daemon.connections().values().forEach(connection -> held.add(connection.key()));
        return held;
    }

    private static Association view(Sa sa) {
        var child =
                new Association.Child(
                        sa.spi,
                        sa.connection.child(),
                        Long.toHexString(sa.spi),
                        Long.toHexString(sa.peerSpi),
                        sa.packetsIn,
                        sa.packetsOut);
        return new Association(
                sa.id,
                sa.connection.name(),
                sa.established ? sa.connection.remoteId() : "%any",
                sa.established ? Association.State.ESTABLISHED : Association.State.CONNECTING,
                sa.initiator,
                sa.local,
                sa.remote.address(),
                sa.remote.port(),
                Duration.ZERO,
                sa.carries() ? List.of(child) : List.of());
    }
}
