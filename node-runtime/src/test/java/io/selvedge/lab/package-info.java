/** Tests of the lab: pure parts by example, and one real network without nodes. */
@NullMarked
package io.selvedge.lab;

import org.jspecify.annotations.NullMarked;
