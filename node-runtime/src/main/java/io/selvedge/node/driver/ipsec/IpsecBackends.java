// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import io.selvedge.node.driver.IpsecBackend;
import java.util.Collection;

/** Chooses the IPsec backend by its configured name. */
public final class IpsecBackends {
    private IpsecBackends() {}

    /**
     * Accepts {@code auto} and {@code userspace}, which both mean ESP in userspace.
     *
     * @throws IllegalArgumentException for any other name, saying what to write
     */
    public static void check(String backend) {
        switch (backend) {
            case "auto", "userspace" -> {}
            case "kernel" ->
                    throw new IllegalArgumentException(
                            "ipsec.backend = kernel: ESP in the kernel is not built yet; write"
                                    + " userspace, or auto, which means the same today");
            default ->
                    throw new IllegalArgumentException(
                            "ipsec.backend = " + backend + " is unknown; write auto or userspace");
        }
    }

    /** The backend of a checked name. Starts nothing yet: the first call to the backend does. */
    public static IpsecBackend open(String backend, Charon charon, Collection<OwnIkeKey> keys) {
        check(backend);
        return new UserspaceIpsec(charon, keys);
    }
}
