// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A file of a {@link MemoryDisk}: what a reader sees, and what a loss of power may leave of it. */
final class MemoryFile {
    private static final int SECTOR = 512;

    private byte[] bytes;
    private int size;
    private int onDisk;
    private boolean nameOnDisk;
    private int lostFrom;
    private int lostTo;

    /** What the disk holds while a cut into it is not forced yet. */
    private byte @Nullable [] uncut;

    /** A file that begins empty, its name not on disk. */
    MemoryFile() {
        bytes = new byte[0];
    }

    /** A file that is on disk, but for its name. */
    MemoryFile(byte[] whole) {
        bytes = whole.clone();
        size = whole.length;
        onDisk = whole.length;
    }

    int size() {
        return size;
    }

    boolean isNameOnDisk() {
        return nameOnDisk;
    }

    void nameIsOnDisk() {
        nameOnDisk = true;
    }

    byte[] content() {
        return Arrays.copyOf(bytes, size);
    }

    byte[] content(int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    void append(byte[] more, int length) {
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + length, size + size / 2));
        }
        System.arraycopy(more, 0, bytes, size, length);
        size += length;
    }

    void truncate(int length) {
        if (length < onDisk) {
            if (uncut == null) {
                uncut = Arrays.copyOf(bytes, onDisk);
            }
            onDisk = length;
        }
        size = length;
        lostTo = Math.min(lostTo, length);
    }

    void force() {
        onDisk = size;
        uncut = null;
        nameOnDisk = true;
    }

    /** The system believes the bytes written, and they are not. */
    void failToForce() {
        lostFrom = lostFrom < lostTo ? Math.min(lostFrom, onDisk) : onDisk;
        lostTo = size;
    }

    void flip(long bit) {
        bytes[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    }

    /** Leaves what a loss of power may leave; some of what was not forced, torn. */
    void losePower(RandomGenerator random) {
        if (lostFrom < lostTo) {
            Arrays.fill(bytes, lostFrom, lostTo, (byte) 0);
        }
        if (uncut != null && random.nextBoolean()) {
            bytes = uncut;
            size = uncut.length;
        } else if (size > onDisk) {
            int written = random.nextInt(onDisk, size + 1);
            switch (random.nextInt(3)) {
                case 0 -> size = written;
                case 1 -> Arrays.fill(bytes, written, size, (byte) 0);
                default -> Arrays.fill(bytes, written, Math.min(size, written + SECTOR), (byte) 0);
            }
        }
        lostTo = 0;
        force();
    }
}
