// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Payload.TrustBundle;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.List;

/**
 * The key above all authorities, in use where nodes are enrolled and nowhere else: no running node
 * holds it. What it signs says whom the fabric trusts.
 *
 * @param signer with the root's private key
 */
public record OfflineRoot(Signer signer, String cluster) {
    /** The bundle by number: a fabric's first is 1, and a higher one takes the place of a lower. */
    public SignedRecord trust(long number, List<TrustBundle.Authority> authorities) {
        return signer.sign(
                new Subject(cluster, "trust"),
                new Scope.Fabric(),
                new Version(1, number),
                new TrustBundle(authorities));
    }
}
