// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

/** How a command answers. */
enum Format {
    text,
    json
}
