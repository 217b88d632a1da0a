// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

/**
 * What a node decided or observed, for the authority to journal. Each takes a number of the node's
 * sequence; a {@link Gap} takes those of all that it stands for.
 */
public sealed interface Report {
    /** What may be left out first when there is no room for all. */
    enum Weight {
        DECISION,
        TELEMETRY
    }

    default Weight weight() {
        return Weight.DECISION;
    }

    /** How many numbers it takes. */
    default long numbers() {
        return 1;
    }

    /** The node's process began; what an earlier one had yet to put on disk is lost. */
    record Started(Cause cause) implements Report {}

    /**
     * Other records led to another plan.
     *
     * @param added resources and peers that are planned newly
     * @param removed those planned no more
     */
    record PlanChanged(int added, int removed, Cause cause) implements Report {
        public PlanChanged {
            if (added < 0 || removed < 0) {
                throw new IllegalArgumentException("a plan changes by counts");
            }
        }
    }

    /** The life of a tunnel, as one end sees it. */
    record Tunnel(Subject peer, Stage stage, Way way, Cause cause) implements Report {
        @Override
        public Weight weight() {
            return stage == Stage.REKEYED ? Weight.TELEMETRY : Weight.DECISION;
        }
    }

    /** What became of a tunnel. */
    enum Stage {
        PLANNED,
        /** Its own path carries. */
        ESTABLISHED,
        /** The relay carries. */
        RELAYED,
        /** Nothing carries. */
        LOST,
        /** Another path carries, or the peer's address is another one. */
        MOVED,
        REKEYED,
        /** The peer, or this node, would not have it. */
        REFUSED,
        /** Planned no more. */
        REMOVED
    }

    /** How packets go to the peer since. */
    enum Way {
        DIRECT,
        LAN,
        RELAY,
        NONE
    }

    /**
     * Something that others sent was not taken in.
     *
     * @param from who sent it, by address or subject
     * @param times how often, since the last report of the same
     */
    record RecordRefused(String from, int times, Cause cause) implements Report {
        public RecordRefused {
            if (times < 1 || from.length() > Cause.TEXT_MAX) {
                throw new IllegalArgumentException("what was refused was sent, by somebody");
            }
        }

        @Override
        public Weight weight() {
            return Weight.TELEMETRY;
        }
    }

    /** Somebody had changed the machine, and it holds the plan again. */
    record DriftHealed(String driver, int operations, Cause cause) implements Report {
        public DriftHealed {
            if (operations < 1 || driver.length() > Cause.TEXT_MAX) {
                throw new IllegalArgumentException("healing takes operations of a driver");
            }
        }
    }

    /**
     * Reports that nobody will hear.
     *
     * @param numbers how many; when the disk lost them, those that are known to be lost, or 1
     * @param since the moment of the first, or before it
     */
    record Gap(Why why, long numbers, Hlc since) implements Report {
        public Gap {
            if (numbers < 1) {
                throw new IllegalArgumentException("a gap takes a number");
            }
        }

        /** Why there is a gap. */
        public enum Why {
            /** The room was bounded, and others mattered more. */
            NO_ROOM,
            /** The disk was new, or torn by a crash, or had rotted. */
            DISK
        }
    }

    /** What a newer version reports, as it came. */
    record Unknown(Bytes raw) implements Report {}
}
