// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.node.store.Disk;
import io.selvedge.report.Outbox;
import io.selvedge.report.OutboxLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of an {@link Outbox}, on disk. What a call has written survives any crash; a call that
 * fails has written nothing that counts. What a crash tore or what rotted is left out, and said to
 * be {@link Found#damaged}. Owned by one thread, whose calls block on the disk.
 */
public final class OutboxFile {
    static final String NAME = "outbox";

    /** Below this size, in bytes, nothing is written anew to save room. */
    private static final long FLOOR = 256 * 1024;

    private final Disk disk;
    private final Found found;
    private long end;
    private boolean ragged;

    /**
     * What a file held.
     *
     * @param damaged whether there may have been more; also when there was no file
     */
    public record Found(List<OutboxLine> lines, boolean damaged) {
        public Found {
            lines = List.copyOf(lines);
        }
    }

    private OutboxFile(Disk disk, Found found, long end) {
        this.disk = disk;
        this.found = found;
        this.end = end;
        this.ragged = found.damaged();
    }

    /** Reads the file on a disk that is the caller's to lock and to close. */
    public static OutboxFile open(Disk disk) throws IOException {
        if (!disk.list().contains(NAME)) {
            return new OutboxFile(disk, new Found(List.of(), true), 0);
        }
        byte[] content = disk.read(NAME);
        var lines = new ArrayList<OutboxLine>();
        int good = 0;
        for (int at = 0; at < content.length; ) {
            var frame = OutboxFrame.read(content, at);
            if (frame == null) {
                at++;
                continue;
            }
            lines.add(frame.line());
            good += frame.size();
            at += frame.size();
        }
        boolean damaged = good < content.length || content.length == 0;
        return new OutboxFile(disk, new Found(lines, damaged), content.length);
    }

    public Found found() {
        return found;
    }

    /** Returns when what is pending is on disk. */
    public void write(Outbox.Pending pending) throws IOException {
        switch (pending) {
            case Outbox.Nothing _ -> {}
            case Outbox.Append(var lines) -> append(lines);
            case Outbox.Rewrite(var lines) -> rewrite(lines);
        }
    }

    /** Whether most of the file is outdated, when so many bytes are not. */
    public boolean isLoose(long live) {
        return end > Math.max(FLOOR, 2 * live);
    }

    private void append(List<OutboxLine> lines) throws IOException {
        if (ragged) {
            disk.truncate(NAME, end);
            ragged = false;
        }
        var bytes = new ByteArrayOutputStream();
        lines.forEach(line -> bytes.writeBytes(OutboxFrame.at(end + bytes.size(), line)));
        ragged = true;
        disk.append(NAME, bytes.toByteArray());
        disk.force(NAME);
        ragged = false;
        end += bytes.size();
    }

    private void rewrite(List<OutboxLine> lines) throws IOException {
        var bytes = new ByteArrayOutputStream();
        lines.forEach(line -> bytes.writeBytes(OutboxFrame.at(bytes.size(), line)));
        disk.replace(NAME, out -> out.write(bytes.toByteArray()));
        end = bytes.size();
        ragged = false;
    }
}
