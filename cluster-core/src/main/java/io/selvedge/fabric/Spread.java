// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.RecordType;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Sends new records on at once: to a few neighbours, each of whom does the same. */
final class Spread {
    private final RecordSet records;
    private final Kept kept;
    private final Neighbourhood neighbourhood;
    private final GossipSettings settings;

    Spread(RecordSet records, Kept kept, Neighbourhood neighbourhood, GossipSettings settings) {
        this.records = records;
        this.kept = kept;
        this.neighbourhood = neighbourhood;
        this.settings = settings;
    }

    /**
     * Puts a record that is held now in line for those it is to go to.
     *
     * @param from who sent it; null when it was made here
     */
    void news(SignedRecord record, @Nullable Neighbour from, Turn turn) {
        var shelf = records.shelf(record.scope());
        boolean urgent = record.header().type().equals(RecordType.REVOCATION);
        if (shelf == null
                || (from != null && !urgent && kept.isCatchingUp(shelf.hash(), turn.tick))) {
            return;
        }
        var entry = Entry.of(Card.of(record));
        turn.targets(shelf.scope(), urgent, () -> targets(shelf.hash(), urgent, from, turn))
                .forEach(target -> neighbourhood.offer(target, shelf, entry));
    }

    private Collection<Neighbour> targets(
            long scopeHash, boolean urgent, @Nullable Neighbour from, Turn turn) {
        var covering =
                neighbourhood.all().stream()
                        .filter(each -> each != from && each.covers(scopeHash))
                        .toList();
        var told =
                FanOut.of(settings, urgent, kept.all(), neighbourhood.site())
                        .choose(covering, from, turn.random);
        if (from == null || kept.all()) {
            neighbourhood.confirm(told);
        }
        return told;
    }
}
