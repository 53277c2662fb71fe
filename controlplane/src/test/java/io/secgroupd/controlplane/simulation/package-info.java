/** A fleet, its control servers and their store, simulated on one thread: what happens, and when, follows from a seed alone. */
@NullMarked
package io.secgroupd.controlplane.simulation;

import org.jspecify.annotations.NullMarked;
