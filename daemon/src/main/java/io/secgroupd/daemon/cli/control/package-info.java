/** The commands of the control server: serve, the keys of its clients, and the way into its console. */
@NullMarked
package io.secgroupd.daemon.cli.control;

import org.jspecify.annotations.NullMarked;
