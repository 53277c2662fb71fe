/** The daemon's messages about itself: one line each, for a terminal or the journal. */
@NullMarked
package io.secgroupd.daemon.log;

import org.jspecify.annotations.NullMarked;
