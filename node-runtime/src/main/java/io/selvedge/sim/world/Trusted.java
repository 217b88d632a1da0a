// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload.TrustBundle;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.List;

/** The offline root of a simulated fabric, and the one authority that it trusts. */
record Trusted(RecordKey root, Signer authority, SignedRecord bundle) {
    private static final int ROOT = 10_000;
    private static final int AUTHORITY = 10_001;

    static Trusted by(Notary notary) {
        var root = notary.signer(ROOT);
        var authority = notary.signer(AUTHORITY);
        var says =
                new TrustBundle(List.of(new Authority(authority.key(), new Limits.Everything())));
        var subject = new Subject(Cloud.CLUSTER, "trust");
        var bundle = root.sign(subject, new Scope.Fabric(), new Version(1, 1), says);
        notary.note(bundle);
        return new Trusted(root.key(), authority, bundle);
    }
}
