// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Payload;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.pki.RecordKeys;
import io.selvedge.wire.GossipMessage.Digests;
import io.selvedge.wire.GossipMessage.ScopeDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncTest {
    private static final Subject PEER = new Subject("beijing", "edge4");
    private static final Scope LINE = new Scope.OfCommunity("line-1");
    private static final RecordSet HELD = held();
    private static final ScopeDigest OLD = new ScopeDigest(LINE, Bytes.ofHex("cafe"));
    private static final ScopeDigest SAME = new ScopeDigest(LINE, HELD.digest(LINE));

    private final Sync sync = new Sync();

    @Test
    void anotherDigestIsNoAgreement() {
        sync.heard(PEER, new Digests(false, false, null, null, List.of(OLD)), Instant.EPOCH);
        assertThat(sync.agrees(HELD)).isFalse();
        sync.heard(PEER, new Digests(false, false, null, null, List.of(SAME)), Instant.EPOCH);
        assertThat(sync.agrees(HELD)).isTrue();
    }

    @Test
    void aScopeThatIsKeptNoMoreCountsNoMore() {
        sync.heard(PEER, new Digests(false, false, null, null, List.of(OLD)), Instant.EPOCH);
        sync.heard(PEER, new Digests(false, false, LINE, null, List.of()), Instant.EPOCH);
        assertThat(sync.agrees(HELD)).as("told of other scopes").isFalse();
        sync.heard(PEER, new Digests(false, false, null, LINE, List.of()), Instant.EPOCH);
        assertThat(sync.agrees(HELD)).isTrue();
    }

    @Test
    void whoKeepsAllTellsOnlyWhatItComparesNow() {
        sync.heard(PEER, new Digests(true, false, null, null, List.of(OLD)), Instant.EPOCH);
        sync.heard(PEER, new Digests(true, false, null, null, List.of()), Instant.EPOCH);
        assertThat(sync.agrees(HELD)).isFalse();
    }

    private static RecordSet held() {
        var keys = RecordKeys.generate(new SecureRandom());
        var signer = new RecordSigner(keys.privateKey(), keys.recordKey());
        var endpoint = new Payload.Endpoint(List.of(), 500, "userspace", 1);
        return new RecordSet(List.of(signer.sign(PEER, LINE, new Version(0, 1), endpoint)));
    }
}
