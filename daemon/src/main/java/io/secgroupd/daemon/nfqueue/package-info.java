/** The NFQUEUE protocol: configure a queue, receive packets, answer them. */
@NullMarked
package io.secgroupd.daemon.nfqueue;

import org.jspecify.annotations.NullMarked;
