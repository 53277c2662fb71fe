/** Commands that talk to the running daemon: apply, confirm, rollback, open, reload, status. */
@NullMarked
package io.secgroupd.daemon.cli.running;

import org.jspecify.annotations.NullMarked;
