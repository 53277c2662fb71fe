/** pcap4j: packets copied off the interfaces of this host, and packets out of capture files. */
@NullMarked
package io.secgroupd.daemon.capture;

import org.jspecify.annotations.NullMarked;
