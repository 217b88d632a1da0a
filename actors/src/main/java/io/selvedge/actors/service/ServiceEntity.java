// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.service;

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
import io.selvedge.actors.service.ServiceState.Removed;
import io.selvedge.actors.service.ServiceState.Unknown;
import io.selvedge.actors.service.ServiceState.Wanted;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.ServiceSpec;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A Service, by its {@code namespace/name}: declared with its pods, until it is removed. */
public final class ServiceEntity implements Entity<ServiceCommand, ServiceEvent, ServiceState> {
    private final String cluster;
    private final String name;
    private final Signer signer;

    public ServiceEntity(String cluster, String name, Signer signer) {
        this.cluster = cluster;
        this.name = name;
        this.signer = signer;
    }

    @Override
    public ServiceState empty() {
        return new Unknown(Stand.EMPTY);
    }

    @Override
    public Decision<ServiceEvent> decide(ServiceState state, ServiceCommand command) {
        var step = new Step<ServiceEvent, ServiceState>(state, this::evolve);
        switch (command) {
            case ServiceCommand.Declare(var mandate, var wanted) -> {
                if (isNew(state, mandate) && !isStanding(state, mandate, wanted)) {
                    step.happen(new ServiceEvent.Declared(mandate, wanted));
                }
            }
            case ServiceCommand.Remove(var mandate) -> {
                if (isNew(state, mandate) && isToBeRemoved(state, mandate)) {
                    step.happen(new ServiceEvent.Removed(mandate));
                }
            }
            case ServiceCommand.Found(var records) ->
                    Recovery.lacking(signer.key(), state.stand(), records)
                            .forEach(record -> step.happen(new ServiceEvent.Recovered(record)));
        }
        publish(step);
        outstanding(step.state()).forEach(step::tell);
        return step.decision();
    }

    @Override
    public ServiceState evolve(ServiceState state, ServiceEvent event) {
        var stand = state.stand();
        return switch (event) {
            case ServiceEvent.Declared(var mandate, var wanted) ->
                    new Wanted(mandate, wanted, stand.inEpoch(mandate.epoch()));
            case ServiceEvent.Removed(var mandate) ->
                    new Removed(mandate, stand.inEpoch(mandate.epoch()));
            case ServiceEvent.Recovered(var record) -> state.with(stand.recovered(record));
            case ServiceEvent.Published(var record) -> state.with(stand.with(record));
        };
    }

    /** A loss, until the authority has another epoch for it. */
    @Override
    public List<Tell> outstanding(ServiceState state) {
        return Recovery.behind(cluster, new EntityId(EntityKind.SERVICE, name), state.stand())
                .stream()
                .toList();
    }

    @Override
    public List<SignedRecord> standing(ServiceState state) {
        return List.copyOf(state.stand().all());
    }

    @Override
    public Optional<SignedRecord> published(ServiceEvent event) {
        return event instanceof ServiceEvent.Published(var record)
                ? Optional.of(record)
                : Optional.empty();
    }

    private static boolean isNew(ServiceState state, Mandate mandate) {
        return state.stand().heeds(mandate) && !mandate.isBefore(state.mandate());
    }

    private static boolean isStanding(ServiceState state, Mandate mandate, ServiceSpec wanted) {
        return state instanceof Wanted(var since, var is, _)
                && is.equals(wanted)
                && since.epoch() == mandate.epoch();
    }

    /** One that never was needs no removal, but one that was found does. */
    private static boolean isToBeRemoved(ServiceState state, Mandate mandate) {
        return switch (state) {
            case Unknown(var stand) -> !stand.records().isEmpty();
            case Wanted _ -> true;
            case Removed removed -> removed.mandate().epoch() < mandate.epoch();
        };
    }

    private void publish(Step<ServiceEvent, ServiceState> step) {
        var stand = step.state().stand();
        var edition = new Edition(stand, signer, cluster, new Scope.OfService(name));
        var subject = new Subject(cluster, "service:" + name);
        switch (step.state()) {
            case Unknown _ -> {
                return;
            }
            case Wanted wanted -> edition.publish(subject, wanted.spec());
            case Removed _ ->
                    lastWord(stand.says(RecordType.SERVICE_SPEC, subject))
                            .ifPresent(word -> edition.bury(subject, word));
        }
        edition.records().forEach(record -> step.happen(new ServiceEvent.Published(record)));
        edition.problems().forEach(step::warn);
    }

    /** What stood, without pods. */
    private static Optional<ServiceSpec> lastWord(@Nullable Payload last) {
        return last instanceof ServiceSpec spec
                ? Optional.of(
                        new ServiceSpec(
                                spec.namespace(),
                                spec.name(),
                                spec.clusterIps(),
                                spec.ports(),
                                spec.affinitySeconds(),
                                spec.distribution(),
                                new TreeSet<>()))
                : Optional.empty();
    }
}
