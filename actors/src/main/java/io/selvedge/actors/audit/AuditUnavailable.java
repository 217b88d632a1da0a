// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

/** The database of the audit does not answer, or not as it should. */
public final class AuditUnavailable extends RuntimeException {
    AuditUnavailable(Exception cause) {
        super("the audit's database does not answer: " + cause.getMessage(), cause);
    }
}
