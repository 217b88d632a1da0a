// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.node.driver.Driver;
import io.selvedge.plan.FilterResource;
import io.selvedge.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NftDriverNetnsIT extends NftContract {
    private final NetworkNamespace node = NetworkNamespace.create("machine-nft");
    @TempDir private Path state;

    @AfterEach
    void delete() {
        node.close();
    }

    @Override
    protected Driver<FilterResource> opened() {
        return new NftDriver(node.commands(), state);
    }

    @Override
    protected void drift(String key) throws IOException {
        if (key.startsWith("skeleton")) {
            node.exec("nft flush chain inet selvedge judge");
            return;
        }
        var lost = Cover.of(List.of(Element.parse(key).findFirst().orElseThrow()));
        var all = NftTable.parse(node.exec("nft -j list table inet selvedge")).cover();
        // What is covered does not stand as such: its neighbours' pieces go instead.
        for (var element : all.standing()) {
            var box = lost.standing().first().box();
            if (element.set() == lost.standing().first().set()
                    && element.box().isV6() == box.isV6()
                    && element.box().overlaps(box)) {
                var name = element.set().in(element.isV6());
                nft("delete element inet selvedge %s { %s }".formatted(name, element.box()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete table inet selvedge",
                "add chain inet selvedge foreign",
                "insert rule inet selvedge forward accept",
                "add set inet selvedge foreign { type mark; }",
                "add table inet selvedge { flags dormant; }",
                "flush table inet selvedge",
                "delete set inet selvedge covered4",
                "add element inet selvedge pairs4 { 1.1.1.1 . 2.2.2.2-2.2.2.9 }",
                "add element inet selvedge pairs4 { 1.1.1.1 . 2.2.2.2 comment \"x\" }",
                "add element inet selvedge own4 { 1.1.1.1-1.1.1.9 }",
                "flush set inet selvedge cluster6",
                "flush set inet selvedge covered4"
            })
    void tamperingIsSeenAndUndone(String command) throws IOException {
        reconcile(first());
        nft(command);
        assertThat(towards(first()).isEmpty()).isFalse();
        reconcile(first());
        assertStanding(first());
    }

    @Test
    void aLostSealCostsOneReplacementAndKeepsElements() throws IOException {
        reconcile(first());
        Files.delete(state.resolve("nft.seal"));
        var diff = towards(first());
        assertThat(diff.add()).extracting(each -> each.resource()).containsExactly(SKELETON);
        assertThat(diff.remove()).containsExactly("skeleton altered");
        opened().apply(diff);
        assertStanding(first());
    }

    @Test
    void anAlteredTableGoesWithAnEmptyPlan() throws IOException {
        reconcile(first());
        nft("add chain inet selvedge foreign");
        reconcile(List.of());
        assertThat(node.exec("nft list ruleset")).isEmpty();
    }

    @Test
    void foreignTablesStay() throws IOException {
        nft("add table inet foreign { chain c { type filter hook input priority 0; } ; }");
        var foreign = node.exec("nft list ruleset");
        reconcile(first());
        reconcile(second());
        reconcile(List.of());
        assertThat(node.exec("nft list ruleset")).isEqualTo(foreign);
    }

    @Test
    void onlyWhatChangesIsTouched() throws IOException {
        reconcile(first());
        var handle = chainHandle();
        var changed = new ArrayList<>(first());
        changed.add(pair("10.244.1.0/24", "10.244.77.0/24"));
        reconcile(changed);
        assertStanding(changed);
        assertThat(chainHandle()).isEqualTo(handle);
    }

    @Test
    void aThousandPairsAreOneApply() throws IOException {
        var many = new ArrayList<FilterResource>(first());
        for (int i = 0; i < 1000; i++) {
            many.add(
                    pair("10.250.%d.0/24".formatted(i % 250), "10.25%d.0.0/24".formatted(i / 250)));
        }
        reconcile(many);
        assertStanding(many);
        reconcile(first());
        assertStanding(first());
    }

    private String chainHandle() {
        return node.exec("nft -a list chain inet selvedge judge").lines().toList().get(1);
    }

    private void nft(String command) {
        node.exec("nft -f -", command + "\n");
    }
}
