// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import akka.actor.ExtendedActorSystem;
import akka.serialization.JSerializer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands where {@link Trimmed} took a serializer away. Nothing is bound to it. */
public final class AbsentSerializer extends JSerializer {
    /** Akka wants each to have a number of its own, below 40 being Akka's. */
    private static final AtomicInteger NUMBERS = new AtomicInteger(-2_000_000);

    private final int number = NUMBERS.getAndDecrement();

    /** Called by Akka. */
    public AbsentSerializer(ExtendedActorSystem system) {
        super();
    }

    @Override
    public int identifier() {
        return number;
    }

    @Override
    public boolean includeManifest() {
        return false;
    }

    @Override
    public byte[] toBinary(Object message) {
        throw new UnsupportedOperationException(message.getClass() + " is for cloud nodes alone");
    }

    @Override
    public Object fromBinaryJava(byte[] bytes, @Nullable Class<?> manifest) {
        throw new UnsupportedOperationException("what was sent is for cloud nodes alone");
    }
}
