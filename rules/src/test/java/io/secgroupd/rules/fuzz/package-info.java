/**
 * Whatever reads what others have written is given any bytes. A target is a class whose name ends in {@code Fuzz}, with the method
 * {@code fuzzerTestOneInput}. {@code scripts/fuzz} searches for inputs guided by coverage; the build gives each target the inputs
 * that are kept in {@code src/test/resources/fuzz}, and some thousands that are made from them, the same in each build.
 */
@NullMarked
package io.secgroupd.rules.fuzz;

import org.jspecify.annotations.NullMarked;
