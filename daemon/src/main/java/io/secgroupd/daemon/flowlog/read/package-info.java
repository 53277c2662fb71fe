/** Reads the flow log back: all its files as one stream of lines, filtered, ranked and summed up. */
@NullMarked
package io.secgroupd.daemon.flowlog.read;

import org.jspecify.annotations.NullMarked;
