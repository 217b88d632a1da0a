// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import io.selvedge.model.Report.Stage;

/** What an end says became of its tunnel. */
public record Said(Stage stage, Account account) {}
