/** Who may look at the console: one-time codes, and the sessions that begin with them. */
@NullMarked
package io.secgroupd.controlplane.console.session;

import org.jspecify.annotations.NullMarked;
