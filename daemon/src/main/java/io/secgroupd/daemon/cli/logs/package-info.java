/** Reading the flow log. */
@NullMarked
package io.secgroupd.daemon.cli.logs;

import org.jspecify.annotations.NullMarked;
