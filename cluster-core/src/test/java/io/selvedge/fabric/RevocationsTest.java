// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.testing.TestKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing undoes a revocation: not a later version, not a contradiction, not nonsense (I3). */
class RevocationsTest {
    private static final Signer ROOT = TestKeys.signer(100);
    private static final Signer AUTHORITY = TestKeys.signer(101);
    private static final RecordKey LOST = TestKeys.signer(2).key();
    private static final RecordKey OTHER = TestKeys.signer(3).key();
    private static final Subject SUBJECT = new Subject("beijing", "key:" + LOST.hex());

    private final RecordSet held = new RecordSet();

    RevocationsTest() {
        held.merge(
                ROOT.sign(
                        new Subject("beijing", "trust"),
                        new Scope.Fabric(),
                        new Version(1, 1),
                        new Payload.TrustBundle(
                                List.of(new Authority(AUTHORITY.key(), new Limits.Everything())))));
        held.merge(revocation(1, LOST, "lost"));
    }

    @Test
    void aLaterVersionThatNamesAnotherKeyRevokesBoth() {
        held.merge(revocation(2, OTHER, "junk"));
        assertThat(view().isRevoked(LOST)).isTrue();
        assertThat(view().isRevoked(OTHER)).isTrue();
    }

    @Test
    void aContradictionRevokesWhatBothSay() {
        held.merge(revocation(1, OTHER, "a second one of that version"));
        assertThat(held.equivocations()).hasSize(1);
        assertThat(view().isRevoked(LOST)).isTrue();
        assertThat(view().isRevoked(OTHER)).isTrue();
    }

    @Test
    void aLaterVersionThatNobodyCanReadRevokesBySubject() {
        held.merge(
                AUTHORITY.sign(
                        RecordType.REVOCATION,
                        SUBJECT,
                        new Scope.Fabric(),
                        new Version(1, 2),
                        Bytes.of(new byte[] {-1})));
        assertThat(view().isRevoked(LOST)).isTrue();
    }

    @Test
    void aStrangersWordRevokesNobody() {
        held.merge(
                TestKeys.signer(9)
                        .sign(
                                new Subject("beijing", "key:" + OTHER.hex()),
                                new Scope.Fabric(),
                                new Version(1, 1),
                                new Revocation(OTHER, "")));
        assertThat(view().isRevoked(OTHER)).isFalse();
    }

    private View view() {
        return View.of(held.statements(), ROOT.key());
    }

    private static SignedRecord revocation(long sequence, RecordKey key, String reason) {
        return AUTHORITY.sign(
                SUBJECT, new Scope.Fabric(), new Version(1, sequence), new Revocation(key, reason));
    }
}
