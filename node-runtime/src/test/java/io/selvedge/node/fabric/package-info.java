/** Tests of what the fabric actor is made of. */
@NullMarked
package io.selvedge.node.fabric;

import org.jspecify.annotations.NullMarked;
