// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.8.0.0/16, 24, 0, 10.8.0.0/24",
        "10.8.0.0/16, 24, 255, 10.8.255.0/24",
        "10.8.0.0/16, 17, 1, 10.8.128.0/17",
        "fd00:8::/48, 64, 65535, fd00:8:0:ffff::/64",
        "fd00:8::/48, 120, 256, fd00:8::1:0/120"
    })
    void isCutIntoBlocks(String cidr, int length, long index, String block) {
        var whole = Cidr.parse(cidr);

        assertThat(whole.block(length, index)).isEqualTo(Cidr.parse(block));
        assertThat(whole.blockIndex(length, Cidr.parse(block).base())).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource({"10.8.0.0/16, 24, 256", "10.8.0.0/16, 24, -1", "10.8.0.0/16, 15, 0"})
    void hasNoBlockOutside(String cidr, int length, long index) {
        assertThatThrownBy(() -> Cidr.parse(cidr).block(length, index))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"10.8.0.0/16, 70000, false", "100.64.0.0/10, 4194303, true"})
    void countsItsAddresses(String cidr, long index, boolean has) {
        var whole = Cidr.parse(cidr);
        if (has) {
            assertThat(whole.index(whole.address(index))).isEqualTo(index);
        } else {
            assertThatThrownBy(() -> whole.address(index))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
