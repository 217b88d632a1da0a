// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import java.io.IOException;

/**
 * The daemon understood the command and refused it, or does not know it; the message is its own.
 */
public final class ViciRefusal extends IOException {
    public ViciRefusal(String command, String reason) {
        super(command + ": " + reason);
    }
}
