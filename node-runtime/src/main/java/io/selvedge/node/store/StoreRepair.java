// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes files that were read fit for use: what was broken is copied aside, and written anew. */
final class StoreRepair {
    private static final String ASIDE = ".broken";

    private static final Logger LOG = LoggerFactory.getLogger(StoreRepair.class);

    private final Disk disk;
    private final StoreReading reading;
    private final StoreFiles files;

    StoreRepair(Disk disk, StoreKey key, StoreReading reading) {
        this.disk = disk;
        this.reading = reading;
        this.files =
                new StoreFiles(
                        disk, key, reading.generation(), reading.snapshotEnd(), reading.logEnd());
    }

    RecordFile open(long floor) throws IOException {
        reading.outdated().forEach(this::remove);
        var aside = new TreeSet<String>();
        if (!reading.damaged().isEmpty()) {
            keepAside(aside);
        }
        boolean unreadableAsItIs =
                reading.generation() == 0 || reading.isUnproven() || reading.isMigrated();
        if (unreadableAsItIs) {
            rewrite();
            remove(OldLog.NAME);
        } else {
            patch();
        }
        var found =
                new RecordFile.Found(
                        reading.torn(), !reading.damaged().isEmpty(), reading.isUnproven(), aside);
        return RecordFile.of(disk, files, reading.index(), found, floor);
    }

    /** All good frames can be found again: a disk without room for more keeps nobody from them. */
    private void patch() {
        if (reading.torn() > 0) {
            files.isRagged();
        }
        if (!reading.damaged().isEmpty()) {
            try {
                rewrite();
            } catch (IOException notNow) {
                LOG.atWarn()
                        .setCause(notNow)
                        .log("Broken records could not be written anew; used as they are");
            }
        }
        files.clear();
    }

    private void rewrite() throws IOException {
        var index = reading.index();
        var held = List.copyOf(index.held());
        index.move(files.rewrite(held, record -> reading.body(record.hash())));
    }

    /** At most the copies of one repair are kept, or a rotting disk would fill up with them. */
    private void keepAside(Set<String> aside) throws IOException {
        for (var name : disk.list()) {
            if (name.endsWith(ASIDE)) {
                remove(name);
            }
        }
        for (var name : reading.damaged()) {
            if (disk.list().contains(name)) {
                try {
                    byte[] content = disk.read(name);
                    disk.replace(name + ASIDE, out -> out.write(content));
                    aside.add(name + ASIDE);
                } catch (IOException notNow) {
                    LOG.atWarn()
                            .addKeyValue("file", name)
                            .setCause(notNow)
                            .log("A broken file of records could not be kept aside");
                }
            }
        }
    }

    /** What stays is in nobody's way, and the next start tries again. */
    private void remove(String name) {
        try {
            disk.delete(name);
        } catch (IOException notNow) {
            LOG.atWarn()
                    .addKeyValue("file", name)
                    .setCause(notNow)
                    .log("A file that no longer counts could not be removed");
        }
    }
}
