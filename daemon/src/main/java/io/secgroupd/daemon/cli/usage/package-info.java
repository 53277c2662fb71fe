/** The commands that compare rules with recorded traffic: what is missing in them, and what nobody uses. */
@NullMarked
package io.secgroupd.daemon.cli.usage;

import org.jspecify.annotations.NullMarked;
