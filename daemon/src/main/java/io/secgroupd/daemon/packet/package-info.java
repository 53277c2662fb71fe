/** Decodes IP and transport headers. */
@NullMarked
package io.secgroupd.daemon.packet;

import org.jspecify.annotations.NullMarked;
