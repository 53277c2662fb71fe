/**
 * The daemon before other judges: nftables with the same policy in a host of its own, and a second reader of the rules, which
 * shares no code with the program.
 */
@NullMarked
package io.secgroupd.daemon.judges;

import org.jspecify.annotations.NullMarked;
