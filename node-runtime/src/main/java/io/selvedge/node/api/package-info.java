// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The authority's API on cloud nodes, as {@code openapi.json} describes it: {@link
 * io.selvedge.node.api.AuditApi} answers, over mutual TLS or the node's own socket.
 */
@NullMarked
package io.selvedge.node.api;

import org.jspecify.annotations.NullMarked;
