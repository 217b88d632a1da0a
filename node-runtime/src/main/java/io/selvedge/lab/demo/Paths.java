// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Lab;
import java.util.ArrayList;
import java.util.List;

/** Which path a node says its packets to a peer take. */
final class Paths {
    private Paths() {}

    /** The path as the pair's first node reports it, with the state unless that is up. */
    static String of(Lab lab, Pairs.Pair pair) {
        var status = lab.status(pair.a());
        if (status == null) {
            return "(" + pair.a() + " is down)";
        }
        var tunnel = status.tunnel(pair.b());
        return tunnel == null ? "(no tunnel)" : tunnel.path();
    }

    /** Those that do not stand directly, as both ends see them; empty when all do. */
    static List<String> notDirect(Stage stage) {
        var wrong = new ArrayList<String>();
        for (var pair : stage.pairs().direct()) {
            for (var end : List.of(pair, new Pairs.Pair(pair.b(), pair.a()))) {
                var status = stage.lab().status(end.a());
                var tunnel = status == null ? null : status.tunnel(end.b());
                var best = stage.pairs().bestPath(pair);
                if (tunnel == null || !tunnel.isDirect() || !tunnel.path().equals(best)) {
                    wrong.add(
                            tunnel == null
                                    ? end + " none"
                                    : "%s %s, %s (wanted %s)"
                                            .formatted(end, tunnel.path(), tunnel.state(), best));
                }
            }
        }
        return wrong;
    }
}
