/**
 * Compiles the model to the matcher: groups are resolved, rules are split by instance and direction, and lookup tables
 * are built.
 */
@NullMarked
package io.secgroupd.rules.compile;

import org.jspecify.annotations.NullMarked;
