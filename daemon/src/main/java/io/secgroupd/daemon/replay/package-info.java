/** Judges what a capture or a flow log recorded by the rules of today, or by those that might come. */
@NullMarked
package io.secgroupd.daemon.replay;

import org.jspecify.annotations.NullMarked;
