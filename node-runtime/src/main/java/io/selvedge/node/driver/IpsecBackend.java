// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver;

import io.selvedge.paths.Association;
import io.selvedge.plan.IpsecResource;
import java.io.IOException;
import java.util.List;

/**
 * The IKE daemon: keys and connections as resources, security associations as what came of them.
 * The daemon is a process of its own and outlives this one.
 */
public interface IpsecBackend extends Driver<IpsecResource> {

    /** All IKE associations that the daemon has now, of connections planned or not. */
    List<Association> associations() throws IOException;

    /**
     * Starts to initiate the connection's child and returns at once; associations tell the rest.
     */
    void initiate(IpsecResource.Connection connection) throws IOException;

    /** Ends an IKE association by its id, children included, without waiting for the peer. */
    void terminate(long id) throws IOException;

    /** Runs the listener, on any thread, whenever an association comes, goes or is rekeyed. */
    void onChange(Runnable listener);

    /**
     * Runs the listener, on any thread, when the daemon answers again after it was away: the new
     * one may hold nothing of ours.
     */
    void onReturn(Runnable listener);
}
