/** The NFQUEUE protocol: configures a queue, receives packets and answers them. */
@NullMarked
package io.secgroupd.daemon.nfqueue;

import org.jspecify.annotations.NullMarked;
