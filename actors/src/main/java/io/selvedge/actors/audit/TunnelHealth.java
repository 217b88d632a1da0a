// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a tunnel is, from worst to best: of two ends that differ, the worse one is right. */
public enum TunnelHealth {
    @JsonProperty("refused")
    REFUSED,
    @JsonProperty("lost")
    LOST,
    @JsonProperty("planned")
    PLANNED,
    @JsonProperty("relayed")
    RELAYED,
    @JsonProperty("established")
    ESTABLISHED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
