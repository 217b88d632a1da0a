// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static io.selvedge.actors.audit.ClusterReading.texts;
import static io.selvedge.actors.audit.EventReading.said;

import io.selvedge.actors.community.CommunityEvent;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.service.ServiceEvent;
import io.selvedge.model.Payload.ServiceSpec;
import org.jspecify.annotations.Nullable;

/** What Communities and services decided. */
final class NamedReading {
    private static final String WANTED = "wanted";

    private NamedReading() {}

    static EventReading read(CommunityEvent event) {
        return switch (event) {
            case CommunityEvent.Declared(var mandate, var community) -> {
                var members = texts(community.members());
                yield declared(
                        mandate, "with %d members", members.size(), new Fact.OfCommunity(members));
            }
            case CommunityEvent.Removed(var mandate) -> removed(mandate);
            case CommunityEvent.Recovered(var record) -> EventReading.recovered(record);
            case CommunityEvent.Published(var record) -> EventReading.published(record);
        };
    }

    static EventReading read(ServiceEvent event) {
        return switch (event) {
            case ServiceEvent.Declared(var mandate, var spec) ->
                    declared(mandate, "with %d pods", spec.pods().size(), fact(spec));
            case ServiceEvent.Removed(var mandate) -> removed(mandate);
            case ServiceEvent.Recovered(var record) -> EventReading.recovered(record);
            case ServiceEvent.Published(var record) -> EventReading.published(record);
        };
    }

    private static EventReading declared(Mandate mandate, String with, int count, Fact fact) {
        return said("it is wanted, " + with.formatted(count))
                .wanted(mandate, "its manifest says so")
                .standing(new Standing(WANTED, fact));
    }

    private static EventReading removed(Mandate mandate) {
        return said("it is wanted no more")
                .wanted(mandate, "its manifest is gone")
                .standing(new Standing(WANTED, (@Nullable Fact) null));
    }

    private static Fact.OfService fact(ServiceSpec spec) {
        return new Fact.OfService(
                texts(spec.clusterIps()),
                spec.ports().stream().map(port -> port.protocol() + " " + port.port()).toList(),
                spec.pods().size());
    }
}
