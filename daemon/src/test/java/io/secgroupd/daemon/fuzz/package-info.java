/** What the daemon and its commands read is given any bytes. Targets of readers that no other package sees stand beside these. */
@NullMarked
package io.secgroupd.daemon.fuzz;

import org.jspecify.annotations.NullMarked;
