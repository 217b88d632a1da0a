// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.backup;

import io.selvedge.model.RecordKey;
import io.selvedge.pki.SealedKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose journal a backup is of.
 *
 * @param fabric the name of the fabric, which another may bear as well
 * @param root the offline root's public key, which no other fabric has
 * @param authority the public key of the records that the journal holds
 * @param key the private key to that, if it was wanted in the backup
 */
public record BackupHead(
        String fabric,
        RecordKey root,
        RecordKey authority,
        Instant takenAt,
        @Nullable SealedKey key) {}
