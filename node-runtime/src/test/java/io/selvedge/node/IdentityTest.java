// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.Scope;
import io.selvedge.model.Version;
import io.selvedge.node.authority.OfflineRoot;
import io.selvedge.node.authority.RecordsFile;
import io.selvedge.pki.RecordKeys;
import io.selvedge.testing.SmallFabric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is who the enrolment's root, through an authority, says it is. */
class IdentityTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir Path enrolment;
    private final RecordKeys root = RecordKeys.generate(RANDOM);
    private final RecordKeys authority = RecordKeys.generate(RANDOM);
    private final RecordKeys node = RecordKeys.generate(RANDOM);
    private final SignedRecord trust =
            new OfflineRoot(signer(root), "beijing")
                    .trust(1, List.of(new Authority(authority.recordKey(), everything())));

    @BeforeEach
    void enrol() throws IOException {
        Files.writeString(enrolment.resolve("root.pub"), root.recordKey().hex() + "\n");
        Files.writeString(enrolment.resolve("record.key"), node.toPem());
        RecordsFile.write(enrolment.resolve("records"), List.of(trust, grant(authority)));
    }

    @Test
    void isWhoATrustedAuthorityGrants() throws IOException {
        var identity = Identity.load(enrolment);

        assertThat(identity.subject()).isEqualTo(SmallFabric.subject(1));
        assertThat(identity.root()).isEqualTo(root.recordKey());
        assertThat(identity.grant().recordKey()).isEqualTo(node.recordKey());
        assertThat(identity.records()).contains(trust);
    }

    @Test
    void isNobodyByTheWordOfAStranger() throws IOException {
        RecordsFile.write(enrolment.resolve("records"), List.of(trust, grant(node)));
        assertThatThrownBy(() -> Identity.load(enrolment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("enrol the node again");
    }

    @Test
    void saysWhatToDoWithoutARoot() throws IOException {
        Files.delete(enrolment.resolve("root.pub"));
        assertThatThrownBy(() -> Identity.load(enrolment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("root.pub is missing; enrol the node again");
    }

    private SignedRecord grant(RecordKeys writer) {
        var subject = SmallFabric.subject(1);
        var like = new SmallFabric("127.71.0.0/16", 1).identity(1, enrolment).grant();
        var grant =
                new NodeGrant(
                        like.name(),
                        like.roles(),
                        like.site(),
                        like.zone(),
                        like.region(),
                        like.fabricAddress(),
                        like.podCidrs(),
                        like.publicAddresses(),
                        like.communities(),
                        like.backbone(),
                        node.recordKey(),
                        like.ikeKey());
        return signer(writer).sign(subject, new Scope.OfNode(subject), new Version(1, 1), grant);
    }

    private static Limits everything() {
        return new Limits.Everything();
    }

    private static RecordSigner signer(RecordKeys keys) {
        return new RecordSigner(keys.privateKey(), keys.recordKey());
    }
}
