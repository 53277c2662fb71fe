/** Judges what a capture or a flow log recorded by the current rules, or by proposed ones. */
@NullMarked
package io.secgroupd.daemon.replay;

import org.jspecify.annotations.NullMarked;
