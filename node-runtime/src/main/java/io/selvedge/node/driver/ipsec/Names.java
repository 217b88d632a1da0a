// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import java.util.regex.Pattern;

/** Tells Selvedge's own names in the daemon, which end in a hash, from anybody else's. */
final class Names {
    private static final Pattern CONNECTION = Pattern.compile(".+-[0-9a-f]{24}");
    private static final Pattern CHILD = Pattern.compile("net-[0-9a-f]{16}");

    private Names() {}

    static boolean isConnection(String name) {
        return CONNECTION.matcher(name).matches();
    }

    static boolean isChild(String name) {
        return CHILD.matcher(name).matches();
    }
}
