// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import io.selvedge.actors.cluster.ClusterEvent.Published;
import io.selvedge.actors.cluster.ClusterState.Founded;
import io.selvedge.actors.entity.Step;
import io.selvedge.actors.record.Edition;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Bytes;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The Cluster's edition: the settings of the fabric, and the roster of its scope. */
final class Publishing {
    static final int MTU = 1400;

    private Publishing() {}

    /** Publishes again what stands; a LAN key that was never published can not be made up here. */
    static Step<ClusterEvent, ClusterState> settings(
            Signer signer, Step<ClusterEvent, ClusterState> step) {
        return step.state() instanceof Founded founded && lanKey(founded).size() > 0
                ? settings(signer, step, Bytes.EMPTY)
                : step;
    }

    /**
     * Publishes what is due.
     *
     * @param made the LAN key of a fabric that has none yet
     */
    static Step<ClusterEvent, ClusterState> settings(
            Signer signer, Step<ClusterEvent, ClusterState> step, Bytes made) {
        if (!(step.state() instanceof Founded state) || state.intent() == null) {
            return step;
        }
        var known = lanKey(state);
        var subject = subject(state);
        var edition = new Edition(state.stand(), signer, state.cluster(), new Scope.Fabric());
        edition.publish(subject, settings(state, state.intent(), known.size() > 0 ? known : made));
        edition.records().forEach(record -> step.happen(new Published(record)));
        edition.problems().forEach(step::warn);
        return step;
    }

    private static FabricSettings settings(Founded state, FabricIntent intent, Bytes lanKey) {
        return new FabricSettings(
                state.cluster(),
                intent.clusterCidrs(),
                intent.serviceCidrs(),
                state.holdings().fabricCidr(),
                connectors(state, intent),
                MTU,
                lanKey);
    }

    private static SortedMap<Subject, List<IpAddress>> connectors(
            Founded state, FabricIntent intent) {
        var connectors = new TreeMap<Subject, List<IpAddress>>();
        intent.connectors()
                .forEach((name, addresses) -> {
                    var member = state.members().get(name);
                    if (member != null && member.wanted()) {
                        connectors.put(new Subject(state.cluster(), member.uid()), addresses);
                    }
                });
        return connectors;
    }

    /** Chosen once, by the first settings that have one. */
    private static Bytes lanKey(Founded state) {
        return state.stand().says(RecordType.FABRIC_SETTINGS, subject(state))
                        instanceof FabricSettings known
                ? known.lanKey()
                : Bytes.EMPTY;
    }

    private static Subject subject(Founded state) {
        return new Subject(state.cluster(), "fabric");
    }
}
