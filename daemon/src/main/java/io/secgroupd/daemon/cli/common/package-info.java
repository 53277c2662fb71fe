/** What commands and the service share: exit codes, failures, options, the two files of the operator. */
@NullMarked
package io.secgroupd.daemon.cli.common;

import org.jspecify.annotations.NullMarked;
