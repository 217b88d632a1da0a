/** Fixtures for tests on a real kernel. */
@NullMarked
package io.selvedge.testing;

import org.jspecify.annotations.NullMarked;
