/** The parts that commands and the service share: exit codes, failures, options, and the operator's two files. */
@NullMarked
package io.secgroupd.daemon.cli.common;

import org.jspecify.annotations.NullMarked;
