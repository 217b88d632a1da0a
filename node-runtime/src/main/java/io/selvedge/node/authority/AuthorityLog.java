// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.actors.authority.AuthorityDraft;
import io.selvedge.actors.authority.AuthorityJournal;
import io.selvedge.actors.authority.AuthorityState;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Slot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The {@link AuthorityJournal} in a folder: {@value #FILE}, a JSON object a line, appended and
 * synced. A last line without its end was torn by a crash before anybody saw it, and is cut off;
 * anything else that cannot be read is refused, and the file left as it is. One process holds the
 * folder at a time.
 */
public final class AuthorityLog implements AuthorityJournal, AutoCloseable {
    public static final String FILE = "authority.jsonl";
    private static final String LOCK = "authority.lock";

    private final Path file;
    private final LogLines lines;
    private final FileChannel lock;
    private final FileChannel channel;
    private final TreeMap<Slot, SignedRecord> published = new TreeMap<>();
    private AuthorityState state = new AuthorityState.Unborn();
    private long end;

    private AuthorityLog(Path file, LogLines lines, FileChannel lock, FileChannel channel) {
        this.file = file;
        this.lines = lines;
        this.lock = lock;
        this.channel = channel;
    }

    /** Opens the log in a folder that exists, or begins one. */
    public static AuthorityLog open(Path folder, RecordKey authority) throws IOException {
        var lock = lock(folder);
        var file = folder.resolve(FILE);
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        var log = new AuthorityLog(file, new LogLines(authority), lock, channel);
        try {
            log.load();
            syncFolder(folder);
            return log;
        } catch (IOException refused) {
            log.close();
            throw refused;
        }
    }

    @Override
    public AuthorityState state() {
        return state;
    }

    @Override
    public List<SignedRecord> published() {
        return List.copyOf(published.values());
    }

    @Override
    public void append(List<Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        var next = state.evolve(entries.stream().map(Entry::event).toList());
        var text = new ArrayList<String>();
        for (var entry : entries) {
            text.add(lines.write(entry));
        }
        write(text);
        state = next;
        entries.forEach(this::show);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        lock.close();
    }

    private void load() throws IOException {
        String text = Files.readString(file);
        int whole = text.lastIndexOf('\n') + 1;
        int number = 0;
        var draft = AuthorityDraft.of(state);
        for (String line : text.substring(0, whole).lines().toList()) {
            number++;
            try {
                if (number == 1) {
                    lines.checkHead(line);
                } else {
                    var entry = lines.read(line);
                    draft.take(entry.event());
                    show(entry);
                }
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new IOException(
                        "%s:%d: %s; nothing was changed: restore the file from a backup"
                                .formatted(file, number, unreadable.getMessage()),
                        unreadable);
            }
        }
        state = draft.state();
        end = text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length;
        if (whole == 0) {
            write(List.of(lines.head()));
        } else {
            channel.truncate(end);
        }
    }

    /** Writes after the last line that counts; what an earlier failure left there goes first. */
    private void write(List<String> text) throws IOException {
        var bytes =
                ByteBuffer.wrap((String.join("\n", text) + "\n").getBytes(StandardCharsets.UTF_8));
        long length = bytes.remaining();
        channel.truncate(end);
        channel.position(end);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
        end += length;
    }

    private void show(Entry entry) {
        var record = entry.record();
        if (record != null) {
            published.put(record.slot(), record);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var lock =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return lock;
            }
        } catch (OverlappingFileLockException inThisProcess) {
            // refused below, like one held by another process
        }
        lock.close();
        throw new IOException(folder + " is in use by another authority; stop that one first");
    }

    private static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
