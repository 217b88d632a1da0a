// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.record;

import io.selvedge.actors.cluster.ClusterCommand.FallBehind;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.Tell;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What an entity does about records of its own that it does not know: its journal was restored from
 * a backup. It takes them back, says so to its Cluster, and publishes nothing before the authority
 * has an epoch above theirs.
 */
public final class Recovery {
    private Recovery() {}

    /** Those that the journal lost, of the authority's own key, each above the one before. */
    public static List<SignedRecord> lacking(
            RecordKey authority, Stand stand, Collection<SignedRecord> found) {
        var lacking = new ArrayList<SignedRecord>();
        var known = stand;
        for (var record : found) {
            if (record.header().writer().equals(authority) && known.lacks(record)) {
                lacking.add(record);
                known = known.recovered(record);
            }
        }
        return lacking;
    }

    /** What the Cluster must hear, until there is an epoch above what was found. */
    public static Optional<Tell> behind(String cluster, EntityId entity, Stand stand) {
        return stand.found() > 0 && stand.isBehind()
                ? Optional.of(new Tell(cluster, new FallBehind(entity, version(stand), null)))
                : Optional.empty();
    }

    /** Above what was found. */
    public static Version version(Stand stand) {
        return new Version(stand.found(), stand.sequence());
    }
}
