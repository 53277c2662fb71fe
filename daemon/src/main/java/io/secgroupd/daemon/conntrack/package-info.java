/** List live connections, mark those to cut. */
@NullMarked
package io.secgroupd.daemon.conntrack;

import org.jspecify.annotations.NullMarked;
