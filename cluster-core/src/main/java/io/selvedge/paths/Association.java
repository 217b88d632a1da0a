// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.model.IpAddress;
import java.time.Duration;
import java.util.List;

/**
 * An IKE association as the daemon reports it.
 *
 * @param id the daemon's own unique number of it; grows with every new one
 * @param connection the name of the connection it came from
 * @param age since it was established; zero before
 * @param children the installed child SAs
 */
public record Association(
        long id,
        String connection,
        String remoteId,
        State state,
        boolean initiator,
        IpAddress localAddress,
        IpAddress remoteAddress,
        int remotePort,
        Duration age,
        List<Child> children) {
    public Association {
        children = List.copyOf(children);
    }

    /** The stages of an IKE SA's life that matter here. */
    public enum State {
        CONNECTING,
        ESTABLISHED,
        ENDING
    }

    /**
     * An installed child SA (ESP, RFC 4303).
     *
     * @param id the daemon's unique number of it
     * @param spiIn the inbound SPI, in hex
     */
    public record Child(
            long id, String name, String spiIn, String spiOut, long packetsIn, long packetsOut) {}
}
