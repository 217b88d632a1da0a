// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.model.Bytes;
import io.selvedge.model.IkeKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpsecBackendsTest {
    private static final IkeKey KEY =
            IkeKey.ofHex(
                    "3059301306072a8648ce3d020106082a8648ce3d03010703420004373520"
                            + "1dc9f456c7fe43706f62493a3eed0e0f1079974e5abae4e1381edae585f6"
                            + "f58b7bb5d69ed6bbe77d7635165cdb507b492b4e486fba08af219c7b6a335a");

    @Test
    void refusesTheKernelInPlainWords() {
        var charon = new Charon(CharonSettings.connector(Path.of("/run/x"), Path.of("/no/charon")));

        assertThatThrownBy(() -> IpsecBackends.open("kernel", charon, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write userspace, or auto");
        assertThatThrownBy(() -> IpsecBackends.open("xfrm", charon, List.of()))
                .hasMessageContaining("write auto or userspace");
    }

    @Test
    void refusesAPathTooLongForASocket() {
        assertThatThrownBy(() ->
                        CharonSettings.connector(
                                Path.of("/" + "x".repeat(100)), Path.of("/no/charon")))
                .hasMessageContaining("shorten data-dir");
    }

    @Test
    void namesKeysAsTheDaemonDoes() {
        assertThat(KeyId.of(KEY)).isEqualTo("0933cbba6a762e94bb7873b6dea33408ecc4983d");
        assertThatThrownBy(() -> KeyId.of(new IkeKey(Bytes.of(new byte[32]))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverPrintsAPrivateKey() {
        assertThat(new OwnIkeKey(KEY, Bytes.ofHex("cafe")).toString()).doesNotContain("cafe");
    }

    @Test
    void onlyOurNamesAreOurs() {
        assertThat(Names.isConnection("edge1-0123456789abcdef01234567")).isTrue();
        assertThat(Names.isConnection("office")).isFalse();
        assertThat(Names.isConnection("-0123456789abcdef01234567")).isFalse();
        assertThat(Names.isConnection("edge1-0123456789ABCDEF01234567")).isFalse();
    }
}
