// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.entity;

import io.selvedge.model.Version;

/**
 * Why something happened.
 *
 * @param record the record that led to it, as {@code type subject}
 * @param rule what was made of the record, in words
 */
public record Cause(String record, Version version, String rule) {}
