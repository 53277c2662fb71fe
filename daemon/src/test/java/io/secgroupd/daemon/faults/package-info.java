/**
 * The table of faults: each row does one thing to a daemon under traffic, and says what must hold all the same. Run by {@code
 * scripts/faults}, and a selection with every build.
 */
@NullMarked
package io.secgroupd.daemon.faults;

import org.jspecify.annotations.NullMarked;
