// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.RecordKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a node's fabric plane holds that was written with a key. */
@FunctionalInterface
public interface Held {
    CompletionStage<List<SignedRecord>> of(RecordKey writer);
}
