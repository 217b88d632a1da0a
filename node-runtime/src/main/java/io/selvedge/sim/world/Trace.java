// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The last things that happened in a world, one readable line each. */
public final class Trace {
    private static final int MESSAGES = 40;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final ArrayDeque<String> messages = new ArrayDeque<>();
    private final int most;

    /**
     * @param most how many lines are kept; zero: nothing is, and no words are made
     */
    public Trace(int most) {
        this.most = most;
    }

    public void say(long millis, int node, Supplier<String> what) {
        if (most > 0) {
            lines.add("%10.3f n%d %s".formatted(millis / 1_000.0, node, what.get()));
            if (lines.size() > most) {
                lines.remove();
            }
        }
    }

    /** Notes a message that arrived. */
    public void message(int from, int to, Supplier<String> what) {
        if (most > 0 && from >= 0) {
            messages.add("    n%d->>n%d: %s".formatted(from, to, what.get()));
            if (messages.size() > MESSAGES) {
                messages.remove();
            }
        }
    }

    /** The last messages, as a mermaid sequence diagram. */
    public List<String> diagram() {
        var diagram = new ArrayList<>(List.of("```mermaid", "sequenceDiagram"));
        diagram.addAll(messages);
        diagram.add("```");
        return diagram;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
