// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * What the operator wants, read from manifests. {@link io.selvedge.node.intent.IntentSource} is the
 * port; the folder of manifests is one source, Kubernetes will be another. Reading is pure ({@link
 * io.selvedge.node.intent.ManifestReader}, {@link io.selvedge.node.intent.IntentAssembly}); only
 * the folder classes touch files. Knows nothing of records or of who publishes them.
 */
@NullMarked
package io.selvedge.node.intent;

import org.jspecify.annotations.NullMarked;
