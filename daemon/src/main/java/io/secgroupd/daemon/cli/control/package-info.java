/** The commands of the control server: serve, and the keys of its clients. */
@NullMarked
package io.secgroupd.daemon.cli.control;

import org.jspecify.annotations.NullMarked;
