// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * Keys and certificates as values: record keys, IKE keys, the project's certificate authority, and
 * the stores that TLS reads. Knows no clock and no files: time and randomness are arguments. {@link
 * io.selvedge.pki.CertificateAuthority} issues what the other types hold.
 */
@NullMarked
package io.selvedge.pki;

import org.jspecify.annotations.NullMarked;
