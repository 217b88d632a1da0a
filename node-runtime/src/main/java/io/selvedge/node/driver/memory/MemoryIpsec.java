// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.memory;

import io.selvedge.model.IkeKey;
import io.selvedge.node.driver.IpsecBackend;
import io.selvedge.paths.Association;
import io.selvedge.plan.Diff;
import io.selvedge.plan.IpsecResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The IPsec port over a {@link MemoryIkeDaemon}. Not for many threads. */
public final class MemoryIpsec implements IpsecBackend {
    private final MemoryIkeDaemon daemon;
    private final Set<IkeKey> keys;

    /**
     * @param keys whose private halves this node holds
     */
    public MemoryIpsec(MemoryIkeDaemon daemon, Collection<IkeKey> keys) {
        this.daemon = daemon;
        this.keys = Set.copyOf(keys);
    }

    @Override
    public String name() {
        return "ipsec";
    }

    @Override
    public SortedSet<String> observe() {
        var observed = new TreeSet<String>();
        daemon.keys().forEach(key -> observed.add(new IpsecResource.OwnKey(key).key()));
        daemon.connections().values().forEach(connection -> observed.add(connection.key()));
        return observed;
    }

    @Override
    public void apply(Diff<IpsecResource> diff) throws IOException {
        var refused = new ArrayList<String>();
        for (var planned : diff.add()) {
            switch (planned.resource()) {
                case IpsecResource.OwnKey(var key) -> {
                    if (keys.contains(key)) {
                        daemon.keys().add(key);
                    } else {
                        refused.add(planned.resource().key() + ": no such private key");
                    }
                }
                case IpsecResource.Connection connection -> {
                    if (connection.localSelectors().isEmpty()
                            || connection.remoteSelectors().isEmpty()) {
                        refused.add(connection.key() + ": no traffic selectors");
                    } else {
                        daemon.connections().put(connection.name(), connection);
                    }
                }
            }
        }
        for (String key : diff.remove()) {
            daemon.keys().removeIf(own -> new IpsecResource.OwnKey(own).key().equals(key));
            daemon.connections().values().removeIf(connection -> connection.key().equals(key));
        }
        if (!refused.isEmpty()) {
            throw new IOException("the IKE daemon refused: " + String.join("; ", refused));
        }
    }

    @Override
    public List<Association> associations() {
        return daemon.associations();
    }

    @Override
    public void initiate(IpsecResource.Connection connection) throws IOException {
        if (!daemon.connections().containsKey(connection.name())) {
            throw new IOException("initiate: no connection " + connection.name());
        }
        daemon.initiate(connection);
    }

    @Override
    public void terminate(long id) {
        daemon.terminate(id);
    }

    @Override
    public void onChange(Runnable listener) {
        daemon.onChange(listener);
    }

    /** Never: this daemon does not go away. */
    @Override
    public void onReturn(Runnable listener) {}
}
