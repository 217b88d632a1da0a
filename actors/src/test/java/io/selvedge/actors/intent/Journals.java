// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.MemoryAuthority.Faults;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.ServiceIntent;
import io.selvedge.model.Payload.ServiceSpec;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Reported;
import io.selvedge.model.Subject;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.Hello;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A fabric in which a little of everything has happened. */
public final class Journals {
    static final Instant RECEIVED = Instant.parse("2026-11-22T10:15:31Z");

    private Journals() {}

    /** Nodes that live and one that is gone, a Community, a service, and a tunnel. */
    public static MemoryAuthority lived() {
        var rehearsal = new Rehearsal(new Random(1));
        rehearsal.fulfil(
                service(Wishes.of(0, 1, 2, 3).community("line", 1, 3).wish()), Faults.NONE);
        rehearsal.fulfil(service(Wishes.of(0, 1, 3).community("line", 1, 3).wish()), Faults.NONE);
        rehearsal.authority.tell(
                new Tell("beijing/uid-1", new NodeCommand.Open(new Hello(7, 0), RECEIVED)));
        rehearsal.authority.settle();
        rehearsal.authority.tell(
                new Tell("beijing/uid-1", new NodeCommand.Take(relayed(1, 2), RECEIVED)));
        rehearsal.authority.settle();
        return rehearsal.authority;
    }

    /** So many reports of the first epoch, of a tunnel from the second node to the fourth. */
    static Batch relayed(long first, int many) {
        var reports = new ArrayList<Reported>();
        for (long number = first; number < first + many; number++) {
            reports.add(
                    new Reported(
                            Instant.parse("2026-11-22T10:15:30Z"),
                            new Hlc(number, 0),
                            new Report.Tunnel(
                                    Subject.parse("beijing/uid-3"),
                                    Stage.RELAYED,
                                    Way.RELAY,
                                    Cause.of("relay at once"))));
        }
        return new Batch(1, 1, first, reports);
    }

    private static Wish service(Wish wish) {
        var pods = new TreeMap<String, SortedSet<String>>();
        pods.put("node1", new TreeSet<>(List.of("till-0")));
        var services = new TreeMap<String, ServiceIntent>();
        services.put(
                "shop/till",
                new ServiceIntent(
                        "shop",
                        "till",
                        List.of(),
                        new TreeSet<>(List.of(new ServiceSpec.Port("", "UDP", 53, 5353, 0))),
                        0,
                        ServiceSpec.Distribution.EVEN,
                        pods));
        var intent = wish.intent();
        return new Wish(
                new Intent(intent.fabric(), intent.nodes(), intent.communities(), services),
                wish.registrations(),
                wish.localRoutes());
    }
}
