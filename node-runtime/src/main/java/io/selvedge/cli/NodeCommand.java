// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import io.selvedge.node.Node;
import io.selvedge.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code selvedge node}: runs a node until it is told to end. */
@Command(
        name = "node",
        description = "Run a node of the fabric. Ending it leaves its tunnels as they are.")
final class NodeCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Settings (HOCON); every key is documented in reference.conf.")
    private Path config = Path.of("");

    @Override
    public Integer call() throws IOException {
        var node = Node.start(NodeSettings.load(config));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node), "end"));
        node.awaitEnd();
        return 0;
    }

    private static void end(Node node) {
        try {
            node.close();
        } catch (IOException unclean) {
            LoggerFactory.getLogger(NodeCommand.class).warn("ended uncleanly", unclean);
        }
    }
}
