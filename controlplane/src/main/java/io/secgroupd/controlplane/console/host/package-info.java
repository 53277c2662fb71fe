/** What the console knows of the daemon of its own host. */
@NullMarked
package io.secgroupd.controlplane.console.host;

import org.jspecify.annotations.NullMarked;
