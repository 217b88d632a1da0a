// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A folder of the machine. The files that it makes are for their owner alone. */
public final class FolderDisk implements Disk {
    private static final Set<OpenOption> APPENDED =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<OpenOption> ANEW =
            Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);

    private final Path folder;
    private final Map<String, FileChannel> channels = new HashMap<>();
    private final Set<String> namesOnDisk = new HashSet<>();
    private @Nullable FolderLock lock;

    private FolderDisk(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder when it is absent. */
    public static FolderDisk at(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new FolderDisk(folder);
    }

    @Override
    public void lock() throws IOException {
        lock = FolderLock.take(folder);
        try (var halves = Files.newDirectoryStream(folder, ".*.tmp")) {
            for (var half : halves) {
                Files.delete(half);
            }
        }
    }

    @Override
    public SortedSet<String> list() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        names.removeIf(name -> name.startsWith(".") || name.equals(FolderLock.NAME));
        return names;
    }

    @Override
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    @Override
    public byte[] read(String name, long from, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        var channel = existing(name);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("%s ends before %d".formatted(name, from + length));
            }
        }
        return bytes.array();
    }

    @Override
    public void append(String name, byte[] bytes) throws IOException {
        var channel = channel(name);
        var rest = ByteBuffer.wrap(bytes);
        long at = channel.size();
        while (rest.hasRemaining()) {
            at += channel.write(rest, at);
        }
    }

    @Override
    public void force(String name) throws IOException {
        existing(name).force(false);
        if (!namesOnDisk.contains(name)) {
            AtomicFile.sync(folder);
            namesOnDisk.add(name);
        }
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        existing(name).truncate(length);
    }

    @Override
    public void replace(String name, Content content) throws IOException {
        var file = folder.resolve(name);
        var temporary = folder.resolve("." + name + ".tmp");
        try (var channel = open(temporary, ANEW)) {
            var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        } catch (IOException notWritten) {
            Files.deleteIfExists(temporary);
            throw notWritten;
        }
        forget(name);
        AtomicFile.rename(temporary, file);
        AtomicFile.sync(folder);
    }

    @Override
    public void delete(String name) throws IOException {
        forget(name);
        Files.deleteIfExists(folder.resolve(name));
        AtomicFile.sync(folder);
    }

    @Override
    public void close() throws IOException {
        for (var name : Set.copyOf(channels.keySet())) {
            forget(name);
        }
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    private FileChannel existing(String name) throws IOException {
        if (!channels.containsKey(name) && !Files.exists(folder.resolve(name))) {
            throw new NoSuchFileException(name);
        }
        return channel(name);
    }

    private FileChannel channel(String name) throws IOException {
        var known = channels.get(name);
        if (known == null || !known.isOpen()) {
            known = open(folder.resolve(name), APPENDED);
            channels.put(name, known);
        }
        return known;
    }

    private void forget(String name) throws IOException {
        namesOnDisk.remove(name);
        var channel = channels.remove(name);
        if (channel != null) {
            channel.close();
        }
    }

    private static FileChannel open(Path file, Set<OpenOption> options) throws IOException {
        var owner = PosixFilePermissions.fromString("rw-------");
        return FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(owner));
    }
}
