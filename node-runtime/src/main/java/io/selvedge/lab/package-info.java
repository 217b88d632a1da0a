// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The same fabric on one machine: network namespaces, a WAN router, NAT boxes, one JVM and one IKE
 * daemon per node, pods by the real CNI plugins. {@link io.selvedge.lab.Lab} is the way in, {@link
 * io.selvedge.lab.LabCommand} its command line. It drives nodes only from outside, as an operator
 * would: files, processes, their status sockets.
 */
@NullMarked
package io.selvedge.lab;

import org.jspecify.annotations.NullMarked;
