/** The hosts of a fleet and the way of a revision to them. */
@NullMarked
package io.secgroupd.controlplane.console.hosts;

import org.jspecify.annotations.NullMarked;
