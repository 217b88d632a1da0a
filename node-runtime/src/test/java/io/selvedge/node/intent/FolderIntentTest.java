// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.CommunityIntent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.Intent.PodPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FolderIntentTest {
    static final Path DEMO = Path.of("../examples/demo");

    @TempDir Path temp;
    private Path folder;

    @BeforeEach
    void copyTheDemo() throws IOException {
        folder = copyDemo(temp.resolve("intent"));
    }

    static Path copyDemo(Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : new String[] {"fabric.yaml", "nodes.yaml", "communities.yaml"}) {
            Files.copy(DEMO.resolve(name), to.resolve(name));
        }
        return to;
    }

    @Test
    void readsTheDemo() {
        var intent = loaded(new FolderIntent(DEMO).read());

        assertThat(intent.fabric().cluster()).isEqualTo("beijing");
        assertThat(intent.nodes().keySet())
                .containsExactly("cloud1", "edge1", "edge2", "edge3", "edge4");
        assertThat(intent.nodes().get("edge4")).returns("", NodeIntent::site);
        assertThat(intent.communities().get("line-2"))
                .returns(
                        new TreeSet<>(Set.of("beijing.edge3", "beijing.edge4")),
                        CommunityIntent::members);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                misfit(
                        "nodes.yaml",
                        "10.244.2.0/24",
                        "10.244.1.128/25",
                        "spec.podCIDRs[0]",
                        "overlaps a pod CIDR of Node edge1, at nodes.yaml:23"),
                misfit("nodes.yaml", "10.244.2.0/24", "10.1.0.0/24", "spec.podCIDRs[0]", "outside"),
                misfit("nodes.yaml", "name: edge2", "name: edge1", "metadata.name", "already"),
                misfit(
                        "fabric.yaml",
                        "10.96.0.0/16",
                        "10.244.128.0/17",
                        "spec.serviceCIDRs[0]",
                        "overlaps 10.244.0.0/16"),
                misfit(
                        "fabric.yaml",
                        "node: cloud1",
                        "node: cloud9",
                        "spec.connectors[0].node",
                        "no Node is named cloud9"),
                misfit(
                        "fabric.yaml",
                        "node: cloud1",
                        "node: edge1",
                        "spec.connectors[0].node",
                        "is not a connector"),
                misfit(
                        "communities.yaml",
                        "beijing.edge3",
                        "beijing.edge9",
                        "spec.members[0]",
                        "no Node is named edge9"),
                misfit(
                        "communities.yaml",
                        "beijing.edge3",
                        "tianjin.edge3",
                        "spec.members[0]",
                        "of cluster tianjin"),
                misfit("communities.yaml", "line-2", "line-1", "metadata.name", "already"),
                misfit(
                        "nodes.yaml",
                        "podCIDRs: [10.244.2.0/24]",
                        "podcidrs: [10.244.2.0/24]",
                        "metadata.name",
                        "Node edge2 has no pod CIDR"),
                misfit(
                        "fabric.yaml",
                        "connectors:",
                        pools("10.1.0.0/16"),
                        "spec.podPools[0].cidr",
                        "outside"),
                misfit(
                        "fabric.yaml",
                        "connectors:",
                        pools("10.244.128.0/17", "10.244.192.0/18"),
                        "spec.podPools[1].cidr",
                        "overlaps another pool"));
    }

    private static String pools(String... cidrs) {
        var pools = new StringBuilder("podPools:\n");
        for (var cidr : cidrs) {
            pools.append("    - { cidr: %s, maskSize: 24 }\n".formatted(cidr));
        }
        return pools + "  connectors:";
    }

    @Test
    void edgesWithoutPodCidrsHaveThemFromThePools() throws IOException {
        edit("fabric.yaml", "connectors:", pools("10.244.128.0/17"));
        edit("nodes.yaml", "spec:\n  podCIDRs: [10.244.2.0/24]\n", "");

        var intent = loaded(new FolderIntent(folder).read());

        assertThat(intent.nodes().get("edge2")).returns(new TreeSet<>(), NodeIntent::podCidrs);
        assertThat(intent.fabric().podPools())
                .containsExactly(new PodPool(Cidr.parse("10.244.128.0/17"), 24));
    }

    private void edit(String file, String old, String now) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(old);
        Files.writeString(folder.resolve(file), text.replace(old, now));
    }

    private static Arguments misfit(
            String file, String old, String now, String field, String problem) {
        return Arguments.of(file, old, now, field, problem);
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void refusesWhatDoesNotFitTogether(
            String file, String old, String now, String field, String problem) throws IOException {
        edit(file, old, now);

        var refused = (IntentReading.Refused) new FolderIntent(folder).read();

        var error = refused.errors().getFirst();
        assertThat(error.file()).isEqualTo(file);
        assertThat(error.field()).isEqualTo(field);
        assertThat(error.problem()).contains(problem);
        assertThat(error.fix()).isNotBlank();
    }

    @Test
    void aBrokenFileIsTheOnlyThingToBlame() throws IOException {
        Files.writeString(folder.resolve("nodes.yaml"), "kind: [");

        var refused = (IntentReading.Refused) new FolderIntent(folder).read();

        assertThat(refused.errors()).extracting(ManifestError::file).containsExactly("nodes.yaml");
    }

    @Test
    void refusesNoFabricAndTwo() throws IOException {
        String second = Files.readString(folder.resolve("fabric.yaml")).replace("beijing", "other");
        Files.writeString(folder.resolve("second.yaml"), second);
        var two = (IntentReading.Refused) new FolderIntent(folder).read();
        assertThat(two.errors()).extracting(ManifestError::fix).containsExactly("keep exactly one");

        Files.delete(folder.resolve("second.yaml"));
        Files.delete(folder.resolve("fabric.yaml"));
        var none = (IntentReading.Refused) new FolderIntent(folder).read();
        assertThat(none.errors()).singleElement().matches(e -> e.problem().contains("no Fabric"));
    }

    @Test
    void anEmptyOrMissingFolderSaysNothing() throws IOException {
        var empty = Files.createDirectory(temp.resolve("empty"));

        assertThat(new FolderIntent(empty).read()).isInstanceOf(IntentReading.Unreadable.class);
        assertThat(new FolderIntent(temp.resolve("missing")).read())
                .isInstanceOf(IntentReading.Unreadable.class);
        assertThat(new FolderIntent(folder.resolve("fabric.yaml")).read())
                .isInstanceOf(IntentReading.Unreadable.class);
    }

    @Test
    void passesOverWhatEditorsDrop() throws IOException {
        for (String name : new String[] {".nodes.yaml.swp", ".#a.yaml", "a.yaml~", "b.tmp"}) {
            Files.writeString(folder.resolve(name), "kind: [");
        }
        Files.createDirectory(folder.resolve("below.yaml"));

        assertThat(new FolderIntent(folder).read()).isInstanceOf(IntentReading.Loaded.class);
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});

        var refused = (IntentReading.Refused) new FolderIntent(folder).read();

        assertThat(refused.errors()).extracting(ManifestError::file).containsExactly("latin.yaml");
    }

    static Intent loaded(IntentReading reading) {
        assertThat(reading).isInstanceOf(IntentReading.Loaded.class);
        return ((IntentReading.Loaded) reading).intent();
    }
}
