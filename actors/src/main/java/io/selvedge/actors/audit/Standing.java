// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import org.jspecify.annotations.Nullable;

/**
 * What stands of an entity since an event.
 *
 * @param part what of it: of each part one fact stands at a time
 * @param fact null when nothing stands any more
 */
public record Standing(String part, @Nullable Fact fact) {}
