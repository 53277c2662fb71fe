/** Netlink framing and attributes over one descriptor. */
@NullMarked
package io.secgroupd.daemon.netlink;

import org.jspecify.annotations.NullMarked;
