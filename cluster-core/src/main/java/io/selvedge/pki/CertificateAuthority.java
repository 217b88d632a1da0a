// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.pki;

import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The project's own X.509 authority, one per cluster. Its certificates carry the nodes' IKE keys
 * into TLS. They name no end of validity (RFC 5280, 4.1.2.5): trust ends by revocation, and a date
 * must cut off nobody.
 */
public record CertificateAuthority(PrivateKey privateKey, X509Certificate certificate) {
    private static final Date NEVER = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

    /** Before the time of issuing: the clock of an edge may be behind. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    /** A self-signed authority with a new P-256 key. */
    public static CertificateAuthority create(String cluster, Instant now, SecureRandom random) {
        var keys = IkeKeys.generate(random);
        var name = name("Selvedge CA", cluster);
        var builder = builder(name, name, keys.publicKey(), now, random);
        try {
            var ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            ids.createSubjectKeyIdentifier(keys.publicKey()));
            return new CertificateAuthority(
                    keys.privateKey(), sign(builder, keys.privateKey(), random));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A certificate for TLS, as server and as client, of the node with this name, fabric address
     * and key; peers check the address that they dial against it.
     */
    public X509Certificate issue(Holder holder, IkeKey key, Instant now, SecureRandom random) {
        var publicKey = IkeKeys.publicKey(key);
        var issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        var subjectName = name(holder.name(), holder.cluster());
        var names =
                new GeneralNames(
                        new GeneralName[] {
                            new GeneralName(GeneralName.dNSName, holder.name()),
                            new GeneralName(
                                    GeneralName.iPAddress, holder.fabricAddress().toString())
                        });
        var purposes =
                new ExtendedKeyUsage(
                        new KeyPurposeId[] {
                            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                        });
        var builder = builder(issuer, subjectName, publicKey, now, random);
        try {
            var ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, purposes)
                    .addExtension(Extension.subjectAlternativeName, false, names)
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            ids.createAuthorityKeyIdentifier(certificate));
            return sign(builder, privateKey, random);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whom a certificate names. */
    public record Holder(String cluster, String name, IpAddress fabricAddress) {}

    @Override
    public String toString() {
        return "CertificateAuthority[" + certificate.getSubjectX500Principal() + "]";
    }

    private static X500Name name(String commonName, String cluster) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, cluster)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, SecureRandom random) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(126, random).setBit(126),
                Date.from(now.minus(BACKDATED)),
                NEVER,
                subject,
                key);
    }

    private static X509Certificate sign(
            X509v3CertificateBuilder builder, PrivateKey key, SecureRandom random)
            throws CertificateException {
        try {
            var signer =
                    new JcaContentSignerBuilder("SHA256withECDSA")
                            .setSecureRandom(random)
                            .build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
