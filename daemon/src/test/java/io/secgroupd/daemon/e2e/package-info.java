/** The built program on real packets: every suite makes its own network and leaves nothing behind. */
@NullMarked
package io.secgroupd.daemon.e2e;

import org.jspecify.annotations.NullMarked;
