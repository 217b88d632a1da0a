// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

/**
 * Stands where nodes are made: reads the lab's manifests, mints every node's keys, writes what it
 * is handed before its first start, and gives the signing key to the node that publishes.
 */
interface Enroller {

    /**
     * Enrols all nodes of the manifests; the fabric's own prefix keeps off the underlay. A {@link
     * LabException} says what is wrong with them.
     */
    Fabric enrol(LabPaths paths, Topology topology);
}
