// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.actors.backup.BackupReader;
import io.selvedge.actors.backup.BackupWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a backup is taken of an H2 file, which one process alone can read, while it is in use: on a
 * Unix socket beside the file, for the file's owner. The client sends the head that the backup is
 * to have, and is sent the backup.
 */
final class ExportSocket implements AutoCloseable {
    private static final String NAME = "export.sock";
    private static final Logger LOG = LoggerFactory.getLogger(ExportSocket.class);

    private final ServerSocketChannel server;
    private final Path path;
    private final DataSource reads;

    private ExportSocket(ServerSocketChannel server, Path path, DataSource reads) {
        this.server = server;
        this.path = path;
        this.reads = reads;
    }

    /** Null where it cannot be: then backups wait for the node to end, and all else goes on. */
    static @Nullable ExportSocket open(JournalSettings.H2 file, DataSource reads) {
        var path = file.folder().resolve(NAME);
        try {
            Files.deleteIfExists(path);
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            var socket = new ExportSocket(server, path, reads);
            Thread.ofPlatform().daemon().name("journal-exports").start(socket::serve);
            return socket;
        } catch (IOException | UnsupportedOperationException refused) {
            LOG.atWarn()
                    .setCause(refused)
                    .addKeyValue("socket", path)
                    .log("no backups of the journal while this node runs");
            return null;
        }
    }

    /** Sends a backup from the process that has the file; false when there is none. */
    static boolean copy(JournalSettings.H2 file, InputStream head, OutputStream out)
            throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                channel.connect(UnixDomainSocketAddress.of(file.folder().resolve(NAME)));
            } catch (IOException nobody) {
                return false;
            }
            for (var line = ByteBuffer.wrap(head.readAllBytes()); line.hasRemaining(); ) {
                channel.write(line);
            }
            channel.shutdownOutput();
            Channels.newInputStream(channel).transferTo(out);
            return true;
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().name("journal-export").start(() -> answer(client));
            } catch (AsynchronousCloseException closed) {
                return;
            } catch (IOException broken) {
                LOG.atWarn().setCause(broken).log("no more backups while this node runs");
                return;
            }
        }
    }

    /** A client that lacks the last line knows that it has no backup. */
    private void answer(SocketChannel client) {
        try (client;
                var connection = reads.getConnection()) {
            var head = new BackupReader("request", Channels.newInputStream(client)).head();
            var out = new BufferedOutputStream(Channels.newOutputStream(client), 1 << 16);
            var writer = new BackupWriter(out, head);
            JournalRows.write(connection, Connector.Dialect.H2, writer);
            writer.finish();
        } catch (IOException | SQLException failed) {
            LOG.atWarn().setCause(failed).log("a backup of the journal was not finished");
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException left) {
            LOG.atDebug().setCause(left).log("the next node takes the socket over");
        }
    }
}
