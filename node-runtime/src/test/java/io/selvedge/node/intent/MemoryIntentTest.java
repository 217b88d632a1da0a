// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.util.List;

class MemoryIntentTest extends IntentSourceContract {
    private final MemoryIntent memory = new MemoryIntent();

    @Override
    IntentSource source(int edges) {
        change(edges);
        return memory;
    }

    @Override
    void change(int edges) {
        var parsed = ManifestReader.read("memory", IntentTexts.fabricOf(edges));
        memory.say(IntentAssembly.assemble("memory", parsed.declarations()));
    }

    @Override
    void spoil() {
        memory.say(new IntentReading.Refused(List.of()));
    }
}
