// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PkiTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final CertificateAuthority.Holder EDGE1 =
            new CertificateAuthority.Holder("beijing", "edge1", IpAddress.parse("100.71.0.11"));

    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority authority =
            CertificateAuthority.create("beijing", NOW, random);

    @Test
    void aRecordKeySurvivesPemAndVerifiesWhatThePrivateKeySigned() throws Exception {
        var keys = RecordKeys.generate(random);
        var reread = RecordKeys.fromPem(keys.toPem());
        assertThat(reread.recordKey()).isEqualTo(keys.recordKey());

        byte[] message = "record".getBytes(StandardCharsets.UTF_8);
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(reread.privateKey());
        signer.update(message);
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(publicKey(keys.recordKey()));
        verifier.update(message);
        assertThat(verifier.verify(signer.sign())).isTrue();
    }

    @Test
    void anIkeKeySurvivesPem() {
        var keys = IkeKeys.generate(random);
        assertThat(IkeKeys.fromPem(keys.toPem()).ikeKey()).isEqualTo(keys.ikeKey());
        assertThat(keys.ikeKey().spki().size()).isEqualTo(91);
        assertThat(keys.toPem()).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----\n");
    }

    @Test
    void aKeyOfTheOtherKindIsRefused() {
        var ike = IkeKeys.generate(random).toPem();
        var record = RecordKeys.generate(random).toPem();
        assertThatThrownBy(() -> RecordKeys.fromPem(ike)).hasMessageContaining("Ed25519");
        assertThatThrownBy(() -> IkeKeys.fromPem(record)).hasMessageContaining("EC");
        assertThatThrownBy(() -> IkeKeys.fromPem("x")).hasMessageContaining("openssl");
    }

    @Test
    void secretsStayOutOfToString() {
        var keys = RecordKeys.generate(random);
        assertThat(keys).hasToString("RecordKeys[" + keys.recordKey() + "]");
    }

    @Test
    void aNodesCertificateCarriesItsIkeKeyNameAddressAndPurposes() throws Exception {
        var keys = IkeKeys.generate(random);
        var certificate = authority.issue(EDGE1, keys.ikeKey(), NOW, random);

        assertThat(IkeKeys.ikeKey(certificate.getPublicKey())).isEqualTo(keys.ikeKey());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=edge1,O=beijing");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "edge1"), List.of(7, "100.71.0.11"));
        assertThat(certificate.getExtendedKeyUsage())
                .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        validate(certificate, authority, NOW);
    }

    @Test
    void aDateEndsNoCertificate() throws Exception {
        var certificate = authority.issue(EDGE1, IkeKeys.generate(random).ikeKey(), NOW, random);
        validate(certificate, authority, NOW.plus(Duration.ofDays(365 * 100)));
        validate(certificate, authority, NOW.minus(Duration.ofHours(23)));
    }

    @Test
    void anotherAuthorityDoesNotVouchForIt() {
        var other = CertificateAuthority.create("beijing", NOW, random);
        var certificate = authority.issue(EDGE1, IkeKeys.generate(random).ikeKey(), NOW, random);
        assertThatThrownBy(() -> validate(certificate, other, NOW))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void theStoresHoldKeyChainAndAuthority() throws Exception {
        var keys = IkeKeys.generate(random);
        var certificate = authority.issue(EDGE1, keys.ikeKey(), NOW, random);
        var identity = new TlsIdentity(keys.privateKey(), certificate, authority.certificate());
        var password = TlsIdentity.password(random);

        var keyStore = load(identity.keyStore(password), password);
        assertThat(keyStore.getKey("node", password.toCharArray())).isEqualTo(keys.privateKey());
        assertThat(keyStore.getCertificateChain("node"))
                .containsExactly(certificate, authority.certificate());
        var trustStore = load(identity.trustStore(password), password);
        assertThat(trustStore.getCertificate("ca")).isEqualTo(authority.certificate());
        assertThat(trustStore.size()).isEqualTo(1);
        assertThat(TlsIdentity.password(random)).hasSize(32).isNotEqualTo(password);
    }

    private static KeyStore load(byte[] bytes, String password) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), password.toCharArray());
        return store;
    }

    private static void validate(X509Certificate leaf, CertificateAuthority by, Instant at)
            throws Exception {
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf));
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(by.certificate(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    private static PublicKey publicKey(RecordKey key) throws Exception {
        var spki = "302a300506032b6570032100" + key.hex();
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(spki)));
    }
}
