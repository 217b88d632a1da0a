// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import io.selvedge.fabric.View;
import io.selvedge.model.Bytes;
import io.selvedge.node.NodeSettings;
import io.selvedge.node.driver.lan.LanSocket;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's ear and voice on its LANs. A node is whole without it: what fails here is tried again
 * at the next look. Owned by one thread.
 */
final class Lan implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lan.class);

    private final NodeSettings settings;
    private final Consumer<Bytes> overheard;
    private Bytes key = Bytes.EMPTY;
    private @Nullable LanSocket socket;
    private boolean warned;

    Lan(NodeSettings settings, Consumer<Bytes> overheard) {
        this.settings = settings;
        this.overheard = overheard;
    }

    /** Takes over the fabric's LAN key; without one there is nothing to hear or say. */
    void believe(View view) {
        var known = view.settings();
        if (known != null && known.says().lanKey().size() > 0) {
            key = known.says().lanKey();
            if (socket != null) {
                socket.key(key);
            }
        }
    }

    /** Opens what can be opened now. */
    void look() {
        var wanted = settings.lan();
        if (wanted == null || key.size() == 0) {
            return;
        }
        try {
            if (socket == null) {
                socket = LanSocket.open(wanted.port(), settings.ownDevices(), overheard);
                socket.key(key);
            }
            socket.look();
            warned = false;
        } catch (IOException failed) {
            if (!warned) {
                LOG.atWarn()
                        .addKeyValue("port", wanted.port())
                        .log("no announcements on the LAN yet: {}", failed.getMessage());
            }
            warned = true;
        }
    }

    void announce(Bytes announcement) {
        if (socket != null) {
            socket.announce(announcement);
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
