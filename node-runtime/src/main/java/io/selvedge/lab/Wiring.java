// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

/** The parts of other packages that the lab uses, chosen in one place. */
final class Wiring {
    private Wiring() {}

    static Enroller enroller() {
        return new FolderEnroller();
    }

    static PodNetwork podNetwork() {
        return new CniPodNetwork();
    }
}
