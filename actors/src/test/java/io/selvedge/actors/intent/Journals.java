// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.entity.Cause;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.MemoryAuthority.Faults;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.node.NodeReport;
import io.selvedge.actors.node.ReportId;
import io.selvedge.actors.tunnel.TunnelChange;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.ServiceIntent;
import io.selvedge.model.Payload.ServiceSpec;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A fabric in which a little of everything has happened. */
public final class Journals {
    private Journals() {}

    /** Nodes that live and one that is gone, a Community, a service, and a tunnel. */
    public static MemoryAuthority lived() {
        var rehearsal = new Rehearsal(new Random(1));
        rehearsal.fulfil(
                service(Wishes.of(0, 1, 2, 3).community("line", 1, 3).wish()), Faults.NONE);
        rehearsal.fulfil(service(Wishes.of(0, 1, 3).community("line", 1, 3).wish()), Faults.NONE);
        rehearsal.authority.tell(
                new Tell(
                        "beijing/uid-1",
                        new NodeCommand.Take(
                                List.of(relayed(1), relayed(3)),
                                Instant.parse("2026-11-22T10:15:31Z"))));
        rehearsal.authority.settle();
        return rehearsal.authority;
    }

    static NodeReport relayed(long sequence) {
        return new NodeReport(
                new ReportId(Wishes.keys(1, 0).recordKey(), 1, sequence),
                Instant.parse("2026-11-22T10:15:30Z"),
                "hlc-" + sequence,
                new Cause("Community beijing/community:line", new Version(1, 3), "relay at once"),
                new NodeReport.OfTunnel(
                        Subject.parse("beijing/uid-3"), TunnelChange.RELAYED, "" + sequence));
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
