// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.model.Bytes;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SealedKeyTest {
    private static final Bytes SECRET = Bytes.ofHex("00112233");
    private static final Bytes PURPOSE = Bytes.ofHex("aa");

    @Test
    void opensUnderItsPassphraseAndForItsPurposeAlone() {
        var sealed = seal();
        assertThat(sealed.open("weft".toCharArray(), PURPOSE)).contains(SECRET);
        assertThat(sealed.open("warp".toCharArray(), PURPOSE)).isEmpty();
        assertThat(sealed.open("weft".toCharArray(), SECRET)).isEmpty();
        assertThat(sealed.sealed()).isNotEqualTo(seal().sealed());
    }

    @Test
    void doesNotOpenOnceAnyByteOfItIsAnother() {
        var sealed = seal();
        byte[] bytes = sealed.sealed().toArray();
        bytes[0] ^= 1;
        var changed = new SealedKey(sealed.cost(), sealed.salt(), sealed.nonce(), Bytes.of(bytes));
        assertThat(changed.open("weft".toCharArray(), PURPOSE)).isEmpty();
        var cut =
                new SealedKey(sealed.cost(), sealed.salt(), sealed.nonce(), Bytes.of(new byte[3]));
        assertThat(cut.open("weft".toCharArray(), PURPOSE)).isEmpty();
    }

    @Test
    void aCostThatWouldTakeAllMemoryIsRefused() {
        assertThatThrownBy(() -> new SealedKey(1 << 24, PURPOSE, Bytes.of(new byte[12]), SECRET))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SealedKey seal() {
        return SealedKey.seal(SECRET, "weft".toCharArray(), PURPOSE, new SecureRandom());
    }
}
