/** Commands that judge a policy without the daemon: check, explain, diff, replay. */
@NullMarked
package io.secgroupd.daemon.cli.policy;

import org.jspecify.annotations.NullMarked;
