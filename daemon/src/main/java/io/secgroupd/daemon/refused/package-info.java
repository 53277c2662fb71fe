/** Has the kernel refuse again what the policy in force has refused several times, and counts what it refused. */
@NullMarked
package io.secgroupd.daemon.refused;

import org.jspecify.annotations.NullMarked;
