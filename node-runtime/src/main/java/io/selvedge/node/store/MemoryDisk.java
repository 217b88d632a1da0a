// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that does what a real one does to those who trust it: it loses and tears what
 * was not forced, is full, fails to force, and rots. Deterministic. It outlives its user: a process
 * that dies is a {@link #restart}, a machine that dies is {@link #losePower}; after either it can
 * be locked again.
 */
public final class MemoryDisk implements Disk {
    private final TreeMap<String, MemoryFile> files = new TreeMap<>();

    /** Files whose removal, or whose successor's name, is not on disk. */
    private final TreeMap<String, MemoryFile> before = new TreeMap<>();

    private boolean locked;
    private boolean dark;
    private long steps;
    private long darkAfter = Long.MAX_VALUE;
    private long capacity = Long.MAX_VALUE;
    private long forces;
    private long failFrom = Long.MAX_VALUE;
    private long failTo = Long.MAX_VALUE;

    /**
     * The power went away amid a call. The disk serves nobody until {@link #losePower} or {@link
     * #restart}.
     */
    public static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private PowerCut() {
            super("the power was cut");
        }
    }

    /** The moments so far at which a cut of the power would have left something of its own. */
    public long steps() {
        return steps;
    }

    /** Cuts the power at a moment to come: 1 is the next. */
    public void cutPowerAfter(long more) {
        darkAfter = steps + more;
    }

    /** Undoes {@link #cutPowerAfter}, if the cut has not come yet. */
    public void keepPower() {
        darkAfter = Long.MAX_VALUE;
    }

    /** The process died and the machine did not: the disk as it is, ready to be locked again. */
    public void restart() {
        locked = false;
        dark = false;
        darkAfter = Long.MAX_VALUE;
    }

    /** Leaves what the disk holds after the power went, and the disk ready to be locked again. */
    public void losePower(RandomGenerator random) {
        before.forEach((name, old) -> {
            if (random.nextBoolean()) {
                files.put(name, old);
            }
            Optional.ofNullable(files.get(name)).ifPresent(MemoryFile::nameIsOnDisk);
        });
        before.clear();
        files.values().removeIf(file -> !file.isNameOnDisk() && random.nextBoolean());
        files.values().forEach(file -> file.losePower(random));
        restart();
    }

    /** Lets all files together hold no more than this. */
    public void holdAtMost(long bytes) {
        capacity = bytes;
    }

    /** Makes forcings fail, of a file or of names: so many, from one to come on; 1 is the next. */
    public void failForces(long first, long many) {
        failFrom = forces + first;
        failTo = failFrom + many;
    }

    /** Turns over one bit of a file, on disk. */
    public void flip(String name, long bit) throws IOException {
        file(name).flip(bit);
    }

    /** The bytes of all files. */
    public long size() {
        return files.values().stream().mapToLong(MemoryFile::size).sum();
    }

    @Override
    public void lock() throws IOException {
        if (locked || dark) {
            throw new IOException("another process uses this disk");
        }
        locked = true;
    }

    @Override
    public SortedSet<String> list() {
        lit();
        return new TreeSet<>(files.keySet());
    }

    @Override
    public byte[] read(String name) throws IOException {
        lit();
        return file(name).content();
    }

    @Override
    public byte[] read(String name, long from, int length) throws IOException {
        lit();
        var file = file(name);
        if (from + length > file.size()) {
            throw new EOFException("%s ends before %d".formatted(name, from + length));
        }
        return file.content((int) from, length);
    }

    @Override
    public void append(String name, byte[] bytes) throws IOException {
        lit();
        int fits = (int) Math.min(bytes.length, Math.max(0, capacity - size()));
        files.computeIfAbsent(name, _ -> new MemoryFile()).append(bytes, fits);
        step();
        if (fits < bytes.length) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void force(String name) throws IOException {
        lit();
        var file = file(name);
        if (isForceToFail()) {
            file.failToForce();
            throw new IOException("Input/output error");
        }
        file.force();
        step();
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        lit();
        file(name).truncate((int) length);
        step();
    }

    @Override
    public void replace(String name, Content content) throws IOException {
        lit();
        var whole = new ByteArrayOutputStream();
        content.writeTo(whole);
        step();
        if (whole.size() > capacity - size()) {
            throw new IOException("No space left on device");
        }
        if (isForceToFail()) {
            throw new IOException("Input/output error");
        }
        putAside(files.put(name, new MemoryFile(whole.toByteArray())), name);
        step();
        forceNames();
    }

    @Override
    public void delete(String name) throws IOException {
        lit();
        putAside(files.remove(name), name);
        step();
        forceNames();
    }

    @Override
    public void close() {
        locked = false;
    }

    private void putAside(@Nullable MemoryFile old, String name) {
        if (old != null) {
            before.putIfAbsent(name, old);
        }
    }

    private void forceNames() throws IOException {
        if (isForceToFail()) {
            throw new IOException("Input/output error");
        }
        before.clear();
        files.values().forEach(MemoryFile::nameIsOnDisk);
        step();
    }

    private boolean isForceToFail() {
        forces++;
        return failFrom <= forces && forces < failTo;
    }

    private MemoryFile file(String name) throws NoSuchFileException {
        return Optional.ofNullable(files.get(name))
                .orElseThrow(() -> new NoSuchFileException(name));
    }

    private void lit() {
        if (dark) {
            throw new PowerCut();
        }
    }

    private void step() {
        steps++;
        if (steps >= darkAfter) {
            dark = true;
            throw new PowerCut();
        }
    }
}
