// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.lan;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** Announcements are encrypted and authenticated (N6). */
class LanSealTest {
    private static final Bytes SAID =
            Bytes.of("grant and endpoint".getBytes(StandardCharsets.UTF_8));

    private final LanSeal seal = seal(1);

    @Test
    void opensWhatWasSealedWithTheSameKey() {
        assertThat(seal(1).open(seal.seal(SAID))).isEqualTo(SAID);
    }

    @Test
    void strangersReadNothing() {
        var sealed = seal.seal(SAID);
        assertThat(seal(2).open(sealed)).isNull();
        assertThat(new String(sealed.toArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain("grant");
    }

    @Test
    void sealsTheSameInTwoWays() {
        assertThat(seal.seal(SAID)).isNotEqualTo(seal.seal(SAID));
    }

    @Test
    void noChangedBitAndNoCutIsOpened() {
        byte[] sealed = seal.seal(SAID).toArray();
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(seal.open(Bytes.of(changed))).as("bit %d", bit).isNull();
        }
        for (int length = 0; length < sealed.length; length++) {
            assertThat(seal.open(Bytes.of(java.util.Arrays.copyOf(sealed, length)))).isNull();
        }
    }

    private static LanSeal seal(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return new LanSeal(Bytes.of(bytes), new SecureRandom());
    }
}
