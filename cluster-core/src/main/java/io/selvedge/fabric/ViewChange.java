// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Subject;
import java.util.SortedSet;

/**
 * What is believed otherwise in one view than in another, beside settings and trust.
 *
 * @param granted nodes with another grant, or with one in only one view
 * @param sighted nodes that are believed elsewhere: their endpoint, or the observation of them
 * @param communities the names of Communities with other members, or in only one view
 */
public record ViewChange(
        SortedSet<Subject> granted, SortedSet<Subject> sighted, SortedSet<String> communities) {}
