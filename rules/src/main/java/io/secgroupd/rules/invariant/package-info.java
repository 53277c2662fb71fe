/** Judges the invariants of a policy: exactly, over all flows, by the ranges of its rules. */
@NullMarked
package io.secgroupd.rules.invariant;

import org.jspecify.annotations.NullMarked;
