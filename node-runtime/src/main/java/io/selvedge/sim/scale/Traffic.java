// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.fabric.SignedDatagram;
import java.util.Arrays;

/** The bytes that each node sent and received: datagrams with their heads, before any ESP. */
final class Traffic {
    /** Envelope, UDP (RFC 768) and IPv4 (RFC 791). */
    private static final int HEADS = SignedDatagram.OVERHEAD + 8 + 20;

    private final long[] bytes;
    private long datagrams;

    Traffic(int nodes) {
        bytes = new long[nodes];
    }

    private Traffic(long[] bytes, long datagrams) {
        this.bytes = bytes;
        this.datagrams = datagrams;
    }

    void sent(int node, int size) {
        bytes[node] += size + HEADS;
        datagrams++;
    }

    void received(int node, int size) {
        bytes[node] += size + HEADS;
    }

    Traffic copy() {
        return new Traffic(bytes.clone(), datagrams);
    }

    /** What came since an earlier copy. */
    Traffic since(Traffic earlier) {
        var more = new long[bytes.length];
        for (int node = 0; node < more.length; node++) {
            more[node] = bytes[node] - earlier.bytes[node];
        }
        return new Traffic(more, datagrams - earlier.datagrams);
    }

    /** This and another's, of the same nodes. */
    Traffic plus(Traffic other) {
        var sum = new long[bytes.length];
        for (int node = 0; node < sum.length; node++) {
            sum[node] = bytes[node] + other.bytes[node];
        }
        return new Traffic(sum, datagrams + other.datagrams);
    }

    long of(int node) {
        return bytes[node];
    }

    long datagrams() {
        return datagrams;
    }

    long total() {
        long sum = 0;
        for (long each : bytes) {
            sum += each;
        }
        return sum;
    }

    /** Of each node, per second, smallest first. */
    double[] perSecond(double seconds) {
        var rates = new double[bytes.length];
        for (int node = 0; node < rates.length; node++) {
            rates[node] = bytes[node] / seconds;
        }
        Arrays.sort(rates);
        return rates;
    }
}
