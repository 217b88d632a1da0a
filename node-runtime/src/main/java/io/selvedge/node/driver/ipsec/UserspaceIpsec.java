// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import io.selvedge.jvici.Message;
import io.selvedge.jvici.ViciClient;
import io.selvedge.jvici.ViciEvents;
import io.selvedge.jvici.ViciRefusal;
import io.selvedge.node.driver.IpsecBackend;
import io.selvedge.paths.Association;
import io.selvedge.plan.Diff;
import io.selvedge.plan.IpsecResource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tunnels by one strongSwan daemon with ESP in userspace (kernel-libipsec): a TUN device of its
 * own, and routes in a table of its own. Adopts the daemon that runs, and starts it when there is
 * none; closing this leaves the daemon and its tunnels alone. Safe for many threads, which take
 * turns.
 */
public final class UserspaceIpsec implements IpsecBackend, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final List<String> EVENTS =
            List.of("ike-updown", "child-updown", "ike-rekey", "child-rekey");

    private final Charon charon;
    private final ViciClient vici;
    private final ViciEvents events;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> returnListeners = new CopyOnWriteArrayList<>();

    /** By the daemon's id, what it can hold of ours; by our word, the id. */
    private final TreeMap<String, OwnIkeKey> keysById = new TreeMap<>();

    private final TreeMap<String, String> idsByKey = new TreeMap<>();

    public UserspaceIpsec(Charon charon, Collection<OwnIkeKey> keys) {
        this.charon = charon;
        for (var key : keys) {
            String id = KeyId.of(key.publicKey());
            keysById.put(id, key);
            idsByKey.put(key.resource().key(), id);
        }
        vici = new ViciClient(charon.socket(), TIMEOUT);
        events = vici.listen(EVENTS, new Listener());
    }

    private final class Listener implements ViciEvents.Listener {
        private boolean known;

        @Override
        public void event(String name, Message message) {
            listeners.forEach(Runnable::run);
        }

        @Override
        public void connected() {
            listeners.forEach(Runnable::run);
            if (known) {
                returnListeners.forEach(Runnable::run);
            }
            known = true;
        }
    }

    @Override
    public String name() {
        return "ipsec";
    }

    @Override
    public SortedSet<String> observe() throws IOException {
        ready();
        var observed = new TreeSet<String>();
        for (String id : vici.call("get-keys").texts("keys")) {
            var key = keysById.get(id);
            if (key != null) {
                observed.add(key.resource().key());
            }
        }
        for (String name : vici.call("get-conns").texts("conns")) {
            if (Names.isConnection(name)) {
                observed.add("connection " + name);
            }
        }
        return observed;
    }

    /** Asks on the connection that is kept; only when that fails is the process looked at. */
    private void ready() throws IOException {
        try {
            vici.call("version");
        } catch (IOException away) {
            charon.ensureRunning();
        }
    }

    /**
     * Keys first, then connections, then what goes. What the daemon refuses doesn't keep the rest
     * from being done. Removing a connection ends none of its associations.
     */
    @Override
    public void apply(Diff<IpsecResource> diff) throws IOException {
        ready();
        var refused = new ArrayList<String>();
        for (var planned : diff.add()) {
            if (planned.resource() instanceof IpsecResource.OwnKey key) {
                attempt(refused, key.key(), () -> load(key));
            }
        }
        for (var planned : diff.add()) {
            if (planned.resource() instanceof IpsecResource.Connection connection) {
                attempt(
                        refused,
                        connection.key(),
                        () -> vici.call("load-conn", ConnectionMessage.of(connection)));
            }
        }
        for (String key : diff.remove()) {
            attempt(refused, key, () -> remove(key));
        }
        if (!refused.isEmpty()) {
            throw new IOException(
                    "the IKE daemon refused %d of %d changes: %s"
                            .formatted(refused.size(), diff.size(), String.join("; ", refused)));
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void attempt(List<String> refused, String what, Step step) throws IOException {
        try {
            step.run();
        } catch (ViciRefusal refusal) {
            refused.add(what + ": " + refusal.getMessage());
        }
    }

    private void load(IpsecResource.OwnKey key) throws IOException {
        String id = idsByKey.get(key.key());
        var own = id == null ? null : keysById.get(id);
        if (own == null) {
            throw new ViciRefusal("load-key", "this node holds no such private key; enrol it anew");
        }
        var request =
                Message.builder()
                        .put("type", "any")
                        .put("data", own.privateKey().toArray())
                        .build();
        String loaded = vici.call("load-key", request).text("id", "");
        if (!loaded.equals(id)) {
            vici.call("unload-key", Message.builder().put("id", loaded).build());
            throw new ViciRefusal(
                    "load-key", "ike.key is not the private half of " + own.publicKey());
        }
    }

    private void remove(String key) throws IOException {
        if (key.startsWith("connection ")) {
            String name = key.substring("connection ".length());
            vici.call("unload-conn", Message.builder().put("name", name).build());
            return;
        }
        String id = idsByKey.get(key);
        if (id == null) {
            throw new ViciRefusal("unload-key", "not a key of this node");
        }
        vici.call("unload-key", Message.builder().put("id", id).build());
    }

    @Override
    public List<Association> associations() throws IOException {
        ready();
        var associations = new ArrayList<Association>();
        for (var event : vici.stream("list-sas", "list-sa", Message.EMPTY)) {
            associations.addAll(AssociationReader.read(event));
        }
        return associations;
    }

    /**
     * Does nothing while an attempt is on its way or the child stands. A child that the peer
     * narrowed is ended first: the daemon would take it for the one that is asked for.
     */
    @Override
    public void initiate(IpsecResource.Connection connection) throws IOException {
        var filter = Message.builder().put("ike", connection.name()).build();
        for (var event : vici.stream("list-sas", "list-sa", filter)) {
            for (var sa : event.sections().values()) {
                if ("CONNECTING".equals(sa.text("state"))) {
                    return;
                }
                if (AssociationReader.hasNarrowedChild(sa)) {
                    terminate(sa.number("uniqueid"));
                }
            }
        }
        vici.call(
                "initiate",
                Message.builder()
                        .put("ike", connection.name())
                        .put("child", connection.child())
                        .put("timeout", "-1")
                        .put("loglevel", "-1")
                        .build());
    }

    @Override
    public void terminate(long id) throws IOException {
        var request =
                Message.builder()
                        .put("ike-id", Long.toString(id))
                        .put("force", "yes")
                        .put("timeout", "-1")
                        .put("loglevel", "-1")
                        .build();
        try {
            vici.call("terminate", request);
        } catch (ViciRefusal refusal) {
            if (associations().stream().anyMatch(association -> association.id() == id)) {
                throw refusal;
            }
        }
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void onReturn(Runnable listener) {
        returnListeners.add(listener);
    }

    /** Ends the conversation with the daemon, not the daemon. */
    @Override
    public void close() {
        events.close();
        vici.close();
    }
}
