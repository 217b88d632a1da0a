// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scenario;

import io.selvedge.sim.scenario.Act.ClockDrifts;
import io.selvedge.sim.scenario.Act.ClockJumps;
import io.selvedge.sim.scenario.Act.Crash;
import io.selvedge.sim.scenario.Act.Cut;
import io.selvedge.sim.scenario.Act.DaemonRestarts;
import io.selvedge.sim.scenario.Act.DiskFills;
import io.selvedge.sim.scenario.Act.DiskFrees;
import io.selvedge.sim.scenario.Act.DiskRots;
import io.selvedge.sim.scenario.Act.DriverFaults;
import io.selvedge.sim.scenario.Act.DriverHangs;
import io.selvedge.sim.scenario.Act.Isolate;
import io.selvedge.sim.scenario.Act.Joins;
import io.selvedge.sim.scenario.Act.JournalFails;
import io.selvedge.sim.scenario.Act.Leaves;
import io.selvedge.sim.scenario.Act.LosesDisk;
import io.selvedge.sim.scenario.Act.Mend;
import io.selvedge.sim.scenario.Act.Misuses;
import io.selvedge.sim.scenario.Act.Moves;
import io.selvedge.sim.scenario.Act.NatForgets;
import io.selvedge.sim.scenario.Act.Rejoin;
import io.selvedge.sim.scenario.Act.Removed;
import io.selvedge.sim.scenario.Act.Start;

/** Questions to acts. */
final class Acts {
    private Acts() {}

    static boolean concerns(Act act, int node) {
        return switch (act) {
            case Cut(_, var from, var to, _) -> from == node || to == node;
            case Mend(_, var from, var to, _) -> from == node || to == node;
            case Isolate(_, var one) -> one == node;
            case Rejoin(_, var one) -> one == node;
            case Crash(_, var one, _, _) -> one == node;
            case Start(_, var one) -> one == node;
            case ClockJumps(_, var one, _) -> one == node;
            case ClockDrifts(_, var one, _) -> one == node;
            case NatForgets _ -> false;
            case Moves(_, var one) -> one == node;
            case Joins(_, _, var one) -> one == node;
            case Leaves(_, _, var one) -> one == node;
            case Removed(_, var one) -> one == node;
            case DriverFaults(_, var one, _, _, _) -> one == node;
            case DriverHangs(_, var one, _) -> one == node;
            case DiskFills(_, var one, _) -> one == node;
            case DiskFrees(_, var one) -> one == node;
            case LosesDisk(_, var one) -> one == node;
            case DiskRots(_, var one, _) -> one == node;
            case JournalFails _ -> false;
            case DaemonRestarts(_, var one, _) -> one == node;
            case Misuses(_, var one, _) -> one == node;
        };
    }
}
