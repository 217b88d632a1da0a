// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.bench;

import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.testing.TestKeys;
import io.selvedge.wire.MalformedRecord;
import org.openjdk.jmh.annotations.Benchmark;

/** What it costs to read the endpoint of a node, and to know that the node wrote it. */
public class VerifyBenchmark extends Cost {
    private final RecordVerifier verifier = new RecordVerifier();
    private final SignedRecord endpoint = endpoint();
    private final Bytes bytes = endpoint.bytes();

    private static SignedRecord endpoint() {
        var said = new LargeFabric(100, 100).endpoint(2, 2);
        return TestKeys.signer(2)
                .sign(
                        said.header().subject(),
                        said.header().scope(),
                        said.header().version(),
                        said.payload());
    }

    @Benchmark
    public boolean ed25519() {
        return verifier.test(endpoint);
    }

    @Benchmark
    public SignedRecord parse() throws MalformedRecord {
        return SignedRecord.parse(bytes);
    }
}
