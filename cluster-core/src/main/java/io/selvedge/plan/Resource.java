// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

/**
 * One thing that a driver keeps on the machine. Its key says everything that matters about it, in
 * words a person can read: equal keys, equal things.
 */
public interface Resource {
    String key();
}
