// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.SortedSet;

/**
 * The files of one folder, by name, as far as a store needs them. A call that fails has changed
 * nothing but what its contract names. Owned by one thread, whose calls block.
 */
public interface Disk extends AutoCloseable {

    /** What a file is to hold; written from its beginning. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Takes the folder until {@link #close}; refused while somebody else has it. */
    void lock() throws IOException;

    /** The names of the files. */
    SortedSet<String> list() throws IOException;

    /** All of a file; {@link java.nio.file.NoSuchFileException} when it is absent. */
    byte[] read(String name) throws IOException;

    /** Exactly this part of a file; {@link java.io.EOFException} when it ends before. */
    byte[] read(String name, long from, int length) throws IOException;

    /**
     * Adds to the end of a file, which is made when it is absent. On disk only after {@link
     * #force}: a crash before keeps any part of it, or zeros in its place. A failure may leave a
     * part too.
     */
    void append(String name, byte[] bytes) throws IOException;

    /**
     * Returns when the file, its name too, is on disk. After a failure nobody knows what of the
     * bytes since the last success is, and forcing again does not help: cut them off.
     */
    void force(String name) throws IOException;

    /** Cuts a file to a length that it has; on disk only after {@link #force}. */
    void truncate(String name, long length) throws IOException;

    /**
     * Puts a whole file in the place of another or of none, on disk when it returns. A crash leaves
     * all of the old or of the new; so does a failure.
     */
    void replace(String name, Content content) throws IOException;

    /** Removes a file, on disk when it returns; one that is not there is removed already. */
    void delete(String name) throws IOException;

    /** Gives the folder back. */
    @Override
    void close() throws IOException;
}
