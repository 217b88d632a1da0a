// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.node.api.AuditApi;
import io.selvedge.node.api.Story;
import io.selvedge.node.status.StatusSocket;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask the authority, on the socket of a cloud node. */
class AuthorityCommandsTest {
    @TempDir private Path folder;
    private final Story story = new Story();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private StatusSocket socket;

    @BeforeEach
    void open() throws IOException {
        var api = new AuditApi(story.trail(), InstantSource.fixed(Story.END));
        socket = StatusSocket.open(folder.resolve("node.sock"), api::line);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @Test
    void historyIsATableOfWhatHappenedAndWhy() {
        assertThat(run("history", "edge1", "edge2")).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(3)
                .first()
                .asString()
                .matches("WHEN +BY +EVENT +WHAT +CAUSE");
        assertThat(out.toString())
                .contains("established", "the tunnel stands: direct")
                .contains("edge1  established")
                .contains("planned (Community beijing/community:line@1.3)");
    }

    @Test
    void historyIsBoundedByTimesAndAsJson() throws IOException {
        var since = Story.START.plusSeconds(90).toString();
        assertThat(run("history", "edge1|edge2", "--since", since, "-o", "json")).isZero();
        assertThat(JSON.std.mapFrom(out.toString()).get("entries"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    @Test
    void aNameThatNobodyHasSuggestsNearOnes() {
        assertThat(run("history", "egde1")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("selvedge: nothing is called 'egde1'; did you mean edge1?\n");
    }

    @Test
    void statusAndTopologyAreThoseOfTheMoment() {
        assertThat(run("status", "--at", Story.START.plusSeconds(90).toString())).isZero();
        assertThat(out.toString())
                .contains("as of ", "edge1", "plant-a", "planned")
                .doesNotContain("established");
        out.getBuffer().setLength(0);
        assertThat(run("topology")).isZero();
        assertThat(out.toString()).contains("established").containsPattern("plant-a +edge1");
    }

    @Test
    void aTimeThatIsNoneIsSaidInOneLine() {
        assertThat(run("status", "--at", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is no time").hasLineCount(1);
    }

    @Test
    void nobodyToAskIsSaid() {
        assertThat(execute("status")).isEqualTo(2);
        assertThat(err.toString()).contains("--socket").hasLineCount(1);
        err.getBuffer().setLength(0);
        assertThat(execute("status", "--socket", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is the node running").hasLineCount(1);
    }

    @Test
    void followingGoesOn() throws InterruptedException {
        var following = Thread.ofVirtual().start(() -> run("history", "edge1", "edge2", "-f"));
        await().atMost(Duration.ofSeconds(20)).until(() -> out.toString().contains("established"));
        story.lose();
        await().atMost(Duration.ofSeconds(20)).until(() -> out.toString().contains("lost"));
        following.interrupt();
        following.join();
        assertThat(out.toString().lines()).hasSize(4);
    }

    private int run(String... args) {
        var all = new ArrayList<>(List.of(args));
        all.add("--socket");
        all.add(folder.resolve("node.sock").toString());
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... args) {
        return Selvedge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
