/** IP and transport headers out of bytes. */
@NullMarked
package io.secgroupd.daemon.packet;

import org.jspecify.annotations.NullMarked;
