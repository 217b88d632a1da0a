// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

/**
 * What lies in the journal as JSON: events and snapshots. The class's name is its manifest, so it
 * is never renamed; fields are only added; a field of a sealed type carries its own type names.
 */
public interface Journaled {}
