// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scenario;

/** One thing that happens to a world, at a time in milliseconds. Nodes go by their numbers. */
public sealed interface Act {
    long at();

    /** Datagrams from one node to another are lost from now on. */
    record Cut(long at, int from, int to, boolean bothWays) implements Act {}

    record Mend(long at, int from, int to, boolean bothWays) implements Act {}

    /** A node is cut from all that are not on its LAN; for the connector: the cloud is gone. */
    record Isolate(long at, int node) implements Act {}

    record Rejoin(long at, int node) implements Act {}

    /**
     * The process of a node ends some steps from now.
     *
     * @param reboot whether the machine goes with it, kernel and IKE daemons too
     */
    record Crash(long at, int node, int steps, boolean reboot) implements Act {}

    record Start(long at, int node) implements Act {}

    /** The wall clock of a node is set. */
    record ClockJumps(long at, int node, long millis) implements Act {}

    /** The wall clock of a node runs fast or slow, in parts per thousand. */
    record ClockDrifts(long at, int node, int perMille) implements Act {}

    record NatForgets(long at, int site) implements Act {}

    /** A node gets another underlay address. */
    record Moves(long at, int node) implements Act {}

    record Joins(long at, int community, int node) implements Act {}

    record Leaves(long at, int community, int node) implements Act {}

    /** A node is wanted no more: its key is revoked. */
    record Removed(long at, int node) implements Act {}

    /** A driver does wrong, so many times. */
    record DriverFaults(long at, int node, Part part, Wrong wrong, int times) implements Act {}

    /** The machine takes so long to do what it is given. */
    record DriverHangs(long at, int node, long millis) implements Act {}

    record DiskFills(long at, int node, long bytesLeft) implements Act {}

    record DiskFrees(long at, int node) implements Act {}

    /** A machine goes off, and what was on its disk is gone. Its enrolment is at hand. */
    record LosesDisk(long at, int node) implements Act {}

    /** Bits of what a node has on its disk turn over. */
    record DiskRots(long at, int node, int bits) implements Act {}

    /** The authority's journal takes nothing in, so many times. */
    record JournalFails(long at, int times) implements Act {}

    /** An IKE daemon ends and is started again. */
    record DaemonRestarts(long at, int node, boolean direct) implements Act {}

    /** A node with a valid key misuses it. */
    record Misuses(long at, int node, Misuse kind) implements Act {}

    /** The parts of a machine that can do wrong. */
    enum Part {
        IP,
        FILTER,
        CNI,
        PATHS,
        RELAY,
        DIRECT
    }

    /** How a driver does wrong. */
    enum Wrong {
        /** Does half and says so. */
        FAILS,
        /** Does half and says that it did all. */
        LIES,
        /** Does not answer when it is looked at. */
        IS_BLIND
    }

    /** What a valid key is misused for. */
    enum Misuse {
        /** Two endpoints of one version. */
        EQUIVOCATION,
        /** A grant for itself that names every community. */
        SELF_GRANT,
        /** A community that lists itself. */
        OWN_COMMUNITY,
        /** An endpoint of another node. */
        FOREIGN_ENDPOINT,
        /** An observation, without being a connector. */
        FALSE_OBSERVATION,
        /** A revocation of another node's key. */
        FALSE_REVOCATION,
        /** An endpoint with addresses of the overlay and of others. */
        LYING_ENDPOINT,
        /** Very many records. */
        FLOOD
    }
}
