// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A decision under way: collects events, and the state that they lead to. */
public final class Step<E, S> {
    private final BiFunction<S, E, S> evolve;
    private final List<E> events = new ArrayList<>();
    private final List<Tell> tells = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private S state;

    public Step(S state, BiFunction<S, E, S> evolve) {
        this.state = state;
        this.evolve = evolve;
    }

    public S state() {
        return state;
    }

    public void happen(E event) {
        events.add(event);
        state = evolve.apply(state, event);
    }

    public void tell(Tell tell) {
        tells.add(tell);
    }

    public void warn(String problem) {
        problems.add(problem);
    }

    public Decision<E> decision() {
        return new Decision<>(events, tells, problems);
    }
}
