// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import akka.persistence.typed.PersistenceId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the {@value #COUNT} parts into which a kind's events are dealt by entity, so that as many
 * projections read them side by side, and each reads all of an entity in order. (Akka's own slices
 * need a journal that knows them; JDBC's knows tags.)
 */
public record Slice(int number) {
    /** Never changed once a journal stands: events keep their tags. */
    public static final int COUNT = 4;

    public Slice {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("slices are numbered from 0 to " + (COUNT - 1));
        }
    }

    public static Slice of(PersistenceId entity) {
        return new Slice(Math.floorMod(entity.id().hashCode(), COUNT));
    }

    public static List<Slice> all() {
        return IntStream.range(0, COUNT).mapToObj(Slice::new).toList();
    }

    /** The tag of a kind's events in this slice, like {@code Node-3}. */
    public String tag(String kind) {
        return kind + "-" + number;
    }
}
