/** Days in the life of a host, simulated on one thread: what happens, and when, follows from a seed alone. */
@NullMarked
package io.secgroupd.daemon.simulation;

import org.jspecify.annotations.NullMarked;
