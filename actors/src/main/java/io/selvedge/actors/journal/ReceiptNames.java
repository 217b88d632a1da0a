// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.report.Receipt;

/** How receipts are named between cloud nodes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "receipt")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "opened", value = Receipt.Opened.class),
    @JsonSubTypes.Type(name = "journaled", value = Receipt.Journaled.class)
})
interface ReceiptNames {}
