/** The values of the settings, each in one place, shared by settings, packet path, hooks and administration. */
@NullMarked
package io.secgroupd.daemon.terms;

import org.jspecify.annotations.NullMarked;
