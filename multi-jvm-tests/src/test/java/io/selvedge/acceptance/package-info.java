// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The promises of a fabric, checked from outside on real forked nodes: {@link
 * io.selvedge.acceptance.DemoIT} plays the demo, {@link io.selvedge.acceptance.PromisesIT} breaks
 * things, {@link io.selvedge.acceptance.LanIT} leaves a plant alone. Needs root.
 */
@NullMarked
package io.selvedge.acceptance;

import org.jspecify.annotations.NullMarked;
