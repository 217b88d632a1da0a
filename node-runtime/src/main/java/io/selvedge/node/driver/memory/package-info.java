/**
 * Twins of the drivers that keep the machine in memory, with faults on demand: for tests of what
 * stands above the ports, and for the simulator. They know no process and no file.
 */
@NullMarked
package io.selvedge.node.driver.memory;

import org.jspecify.annotations.NullMarked;
