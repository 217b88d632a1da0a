// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.community;

import io.selvedge.actors.community.CommunityState.Removed;
import io.selvedge.actors.community.CommunityState.Unknown;
import io.selvedge.actors.community.CommunityState.Wanted;
import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.entity.Entity;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.entity.Step;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.record.Edition;
import io.selvedge.actors.record.Recovery;
import io.selvedge.actors.record.Stand;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A Community, by its name: declared with its members, until it is removed. */
public final class CommunityEntity
        implements Entity<CommunityCommand, CommunityEvent, CommunityState> {
    private final String cluster;
    private final String name;
    private final Signer signer;

    public CommunityEntity(String cluster, String name, Signer signer) {
        this.cluster = cluster;
        this.name = name;
        this.signer = signer;
    }

    @Override
    public CommunityState empty() {
        return new Unknown(Stand.EMPTY);
    }

    @Override
    public Decision<CommunityEvent> decide(CommunityState state, CommunityCommand command) {
        var step = new Step<CommunityEvent, CommunityState>(state, this::evolve);
        switch (command) {
            case CommunityCommand.Declare(var mandate, var wanted) -> {
                if (isNew(state, mandate) && !isStanding(state, mandate, wanted)) {
                    step.happen(new CommunityEvent.Declared(mandate, wanted));
                }
            }
            case CommunityCommand.Remove(var mandate) -> {
                if (isNew(state, mandate) && isToBeRemoved(state, mandate)) {
                    step.happen(new CommunityEvent.Removed(mandate));
                }
            }
            case CommunityCommand.Found(var records) ->
                    Recovery.lacking(signer.key(), state.stand(), records)
                            .forEach(record -> step.happen(new CommunityEvent.Recovered(record)));
        }
        publish(step);
        outstanding(step.state()).forEach(step::tell);
        return step.decision();
    }

    @Override
    public CommunityState evolve(CommunityState state, CommunityEvent event) {
        var stand = state.stand();
        return switch (event) {
            case CommunityEvent.Declared(var mandate, var wanted) ->
                    new Wanted(mandate, wanted, stand.inEpoch(mandate.epoch()));
            case CommunityEvent.Removed(var mandate) ->
                    new Removed(mandate, stand.inEpoch(mandate.epoch()));
            case CommunityEvent.Recovered(var record) -> state.with(stand.recovered(record));
            case CommunityEvent.Published(var record) -> state.with(stand.with(record));
        };
    }

    /** A loss, until the authority has another epoch for it. */
    @Override
    public List<Tell> outstanding(CommunityState state) {
        return Recovery.behind(cluster, new EntityId(EntityKind.COMMUNITY, name), state.stand())
                .stream()
                .toList();
    }

    @Override
    public List<SignedRecord> standing(CommunityState state) {
        return List.copyOf(state.stand().all());
    }

    @Override
    public Optional<SignedRecord> published(CommunityEvent event) {
        return event instanceof CommunityEvent.Published(var record)
                ? Optional.of(record)
                : Optional.empty();
    }

    private static boolean isNew(CommunityState state, Mandate mandate) {
        return state.stand().heeds(mandate) && !mandate.isBefore(state.mandate());
    }

    private static boolean isStanding(CommunityState state, Mandate mandate, Community wanted) {
        return state instanceof Wanted(var since, var is, _)
                && is.equals(wanted)
                && since.epoch() == mandate.epoch();
    }

    /** One that never was needs no removal, but one that was found does. */
    private static boolean isToBeRemoved(CommunityState state, Mandate mandate) {
        return switch (state) {
            case Unknown(var stand) -> !stand.records().isEmpty();
            case Wanted _ -> true;
            case Removed removed -> removed.mandate().epoch() < mandate.epoch();
        };
    }

    private void publish(Step<CommunityEvent, CommunityState> step) {
        var stand = step.state().stand();
        var edition = new Edition(stand, signer, cluster, new Scope.OfCommunity(name));
        var subject = new Subject(cluster, "community:" + name);
        switch (step.state()) {
            case Unknown _ -> {
                return;
            }
            case Wanted wanted -> edition.publish(subject, wanted.community());
            case Removed _ ->
                    lastWord(stand.says(RecordType.COMMUNITY, subject))
                            .ifPresent(word -> edition.bury(subject, word));
        }
        edition.records().forEach(record -> step.happen(new CommunityEvent.Published(record)));
        edition.problems().forEach(step::warn);
    }

    /** What stood, without members. */
    private static Optional<Community> lastWord(@Nullable Payload last) {
        return last instanceof Community(var name, _)
                ? Optional.of(new Community(name, new TreeSet<>()))
                : Optional.empty();
    }
}
