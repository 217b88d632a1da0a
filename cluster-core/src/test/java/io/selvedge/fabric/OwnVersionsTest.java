// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Version;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OwnVersionsTest {
    private Version reserved = new Version(1, 0);

    @Test
    void noCrashRepeatsAVersion() {
        var given = new TreeSet<Version>();
        for (int life = 0; life < 50; life++) {
            var versions = life();
            for (int i = 0; i < life * 3; i++) {
                var next = versions.next();
                assertThat(given.isEmpty() || given.last().compareTo(next) < 0).isTrue();
                assertThat(next).isLessThanOrEqualTo(reserved);
                given.add(next);
            }
        }
    }

    @Test
    void risesAboveWhatOthersHaveSeen() {
        var versions = life();
        versions.next();
        versions.raiseAbove(new Version(1, 7_000));
        assertThat(versions.next()).isEqualTo(new Version(1, 7_001));

        versions.raiseAbove(new Version(1, 3));
        assertThat(versions.next()).isEqualTo(new Version(1, 7_002));
        assertThat(life().next()).isGreaterThan(new Version(1, 7_002));
    }

    @Test
    void goesOnBehindTheLastSequenceNumber() {
        var versions = life();
        versions.raiseAbove(new Version(1, Long.MAX_VALUE - 1));
        for (int i = 0; i < 200; i++) {
            assertThat(versions.next())
                    .isGreaterThan(new Version(1, Long.MAX_VALUE - 1))
                    .isLessThanOrEqualTo(reserved);
        }
    }

    @Test
    void aHigherEpochWins() {
        var versions = life();
        versions.raiseAbove(new Version(2, 0));
        assertThat(versions.next()).isEqualTo(new Version(2, 1));
    }

    private OwnVersions life() {
        return new OwnVersions(reserved, upTo -> reserved = upTo);
    }
}
